using System.Numerics;

namespace Rhytid.Synthesis.Portraits;

/// <summary>
/// The person and the pose, every number of them settled. Lengths are in eye distances (about 63 mm): the eyes lie at
/// (±0.5, 0), u grows to the right of the picture and v downwards.
/// </summary>
internal sealed class Person
{
    // Measured skin, by eye from dermatological colour charts: forehead in even daylight.
    private static readonly int[] Tones = [0xE7C0AA, 0xE3B497, 0xCDA184, 0xAE8365, 0x885E48, 0x5E4435];

    private static readonly int[] HairColors = [0x17120F, 0x251A14, 0x3B271B, 0x5A3B24, 0x7F5733, 0xA98450, 0x7A3A1E];
    private static readonly int[] EyeColors = [0x3B2415, 0x4E3018, 0x6B4A22, 0x6E6B3A, 0x5E7358, 0x6A8796, 0x7C8A92];

    public Person(PortraitOptions options)
    {
        Seed = options.Seed;
        var random = new SeededRandom(Seed, SeededRandom.Stream.Person);
        // Every number is drawn whether it is needed or not, so that giving one option leaves the others as they were.
        var (age, tone, style, color, eyes) =
            (random.Unit(), random.Unit(), random.Unit(), random.Unit(), random.Unit());
        Age = options.Age ?? (int)(20 + (age * 61));
        Aging = Math.Clamp((Age - 22) / 53f, 0, 1.15f);
        Tone = options.Tone ?? (SkinTone)(int)(tone * 6);
        Skin = LinearColor.FromSrgb(Tones[(int)Tone]) * random.Range(0.93f, 1.07f);
        Darkness = (int)Tone / 5f;
        Hair = options.Hair ?? ChooseStyle(style);
        // Light hair and light eyes go with light skin.
        var lightness = 1 - Math.Clamp(Darkness * 1.7f, 0, 1);
        HairColor = LinearColor.FromSrgb(HairColors[(int)(color * Curves.Mix(1.6f, 6.99f, lightness))]);
        EyeColor = LinearColor.FromSrgb(EyeColors[(int)(eyes * Curves.Mix(1.6f, 6.99f, lightness))]);
        Grey = Math.Clamp(((Age - 34) / 36f) + (0.25f * random.Normal()), 0, 1) * (Age > 34 ? 1 : 0);

        // 0 = soft, 1 = angular; one number for the several features that go together.
        Angular = Hair is HairStyle.Bald or HairStyle.Receding or HairStyle.Cropped ? random.Range(0.5f, 1)
            : Hair is HairStyle.Bob or HairStyle.Flowing or HairStyle.TiedBack
                ? random.Range(0, 0.45f)
                : random.Range(0.1f, 0.9f);
        FaceWidth = 1 + (0.04f * random.Normal());
        JawWidth = Curves.Mix(0.965f, 1.07f, Angular) + (0.025f * random.Normal());
        FaceLength = 1 + (0.032f * random.Normal());
        Cheekbones = random.Range(0.6f, 1.3f);
        Chin = Curves.Mix(0.75f, 1.15f, Angular);
        BrowRidge = Curves.Mix(0.5f, 1.35f, Angular);
        EyeSize = Curves.Mix(1.07f, 0.97f, Angular) + (0.03f * random.Normal());
        EyeOpening = random.Range(0.92f, 1.12f) - (0.09f * Math.Max(0, Aging - 0.2f));
        EyeSlant = random.Range(-0.02f, 0.10f);
        NoseWidth = random.Range(0.9f, 1.08f) + (0.16f * Darkness);
        NoseBridge = random.Range(0.85f, 1.15f) - (0.18f * Darkness);
        NoseLength = 1 + (0.04f * random.Normal()) + (0.03f * Aging);
        LipFullness = (Curves.Mix(1.08f, 0.9f, Angular) + (0.08f * random.Normal()) + (0.16f * Darkness))
            * (1 - (0.22f * Aging));
        MouthWidth = random.Range(0.41f, 0.46f);
        Smile = random.Range(0, 0.9f);
        BrowThickness = Curves.Mix(0.9f, 1.25f, Angular) * random.Range(0.9f, 1.1f);
        BrowArch = Curves.Mix(1.1f, 0.6f, Angular);
        LipColor = random.Range(0, 1) * (1 - Angular);
        Freckles = Tone <= SkinTone.Light ? Math.Max(0, random.Range(-1.2f, 1)) : Math.Max(0, random.Range(-2f, 0.4f));
        Beard = Angular > 0.6f ? random.Range(-0.4f, 1) : -1;
        HairPart = random.Chance(0.5f) ? -1 : 1;

        var pose = new SeededRandom(Seed, SeededRandom.Stream.Pose);
        Tilt = options.TiltDegrees ?? (2.2f * pose.Normal());
        Yaw = 0.045f * pose.Normal();
        EyeDistance = options.EyeDistance ?? pose.Range(0.166f, 0.186f);
        EyeMiddle = new Vector2(0.5f + (0.018f * pose.Normal()), 0.445f + (0.012f * pose.Normal()));

        var light = new SeededRandom(Seed, SeededRandom.Stream.Light);
        var drawn = (light.Chance(0.5f) ? -1 : 1) * light.Range(16, 42);
        LightDegrees = options.LightDegrees ?? drawn;
        LightHeight = light.Range(24, 40);
        // A photographer opens up for dark skin.
        Exposure = light.Range(0.94f, 1.06f) * (1 + (0.16f * Darkness));
        SensorNoise = options.SensorNoise ?? light.Range(1.2f, 2.4f);
    }

    public int Seed { get; }

    public int Age { get; }

    /// <summary>0 up to 22 years, 1 at 75.</summary>
    public float Aging { get; }

    public SkinTone Tone { get; }

    public Vector3 Skin { get; }

    /// <summary>0 for the lightest tone, 1 for the darkest.</summary>
    public float Darkness { get; }

    public HairStyle Hair { get; }

    public Vector3 HairColor { get; }

    public Vector3 EyeColor { get; }

    /// <summary>Share of grey hairs.</summary>
    public float Grey { get; }

    public float Angular { get; }

    public float FaceWidth { get; }

    public float JawWidth { get; }

    public float FaceLength { get; }

    public float Cheekbones { get; }

    public float Chin { get; }

    public float BrowRidge { get; }

    public float EyeSize { get; }

    public float EyeOpening { get; }

    public float EyeSlant { get; }

    public float NoseWidth { get; }

    public float NoseBridge { get; }

    public float NoseLength { get; }

    public float LipFullness { get; }

    public float MouthWidth { get; }

    public float Smile { get; }

    public float BrowThickness { get; }

    public float BrowArch { get; }

    /// <summary>0 = bare lips, 1 = made up.</summary>
    public float LipColor { get; }

    public float Freckles { get; }

    /// <summary>Above 0: how strongly shaven beard shows.</summary>
    public float Beard { get; }

    /// <summary>-1 = parted on the picture's left, 1 = on its right.</summary>
    public int HairPart { get; }

    /// <summary>Degrees, clockwise.</summary>
    public float Tilt { get; }

    /// <summary>
    /// How far the middle of the face turns sideways, in eye distances for each eye distance of depth.
    /// </summary>
    public float Yaw { get; }

    /// <summary>Share of the picture's width.</summary>
    public float EyeDistance { get; }

    /// <summary>The point between the eyes, as shares of the side.</summary>
    public Vector2 EyeMiddle { get; }

    public float LightDegrees { get; }

    public float LightHeight { get; }

    public float Exposure { get; }

    public float SensorNoise { get; }

    private HairStyle ChooseStyle(float unit)
    {
        HairStyle[] young =
        [
            HairStyle.Combed, HairStyle.Combed, HairStyle.Cropped, HairStyle.Bob, HairStyle.Flowing, HairStyle.Flowing,
            HairStyle.TiedBack, HairStyle.Curly
        ];
        HairStyle[] old =
        [
            HairStyle.Combed, HairStyle.Combed, HairStyle.Bob, HairStyle.TiedBack, HairStyle.Curly, HairStyle.Receding,
            HairStyle.Receding, HairStyle.Bald
        ];
        return (Age < 45 ? young : old)[(int)(unit * 8)];
    }
}
