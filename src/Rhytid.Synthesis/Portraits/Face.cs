
namespace Rhytid.Synthesis.Portraits;

/// <summary>The parts of one head, built once and asked by every painter.</summary>
internal sealed class Face
{
    public Face(Person person, int size)
    {
        Person = person;
        Frame = new HeadFrame(person, size);
        Head = new HeadGeometry(person);
        Nose = new NoseShape(person);
        Mouth = new MouthShape(person);
        (LeftEye, RightEye) = (new EyeShape(person, -1), new EyeShape(person, 1));
        (LeftBrow, RightBrow) = (new BrowShape(person, -1), new BrowShape(person, 1));
        (Hair, Body) = (new HairShape(person, Head), new BodyShape(person));
        Relief = new FaceRelief(person, Head, Nose, Mouth, LeftEye, RightEye);
        Pigment = new SkinPigment(person, Nose);
        Lighting = new Lighting(person);
        Lines = WrinkleLines.Create(person, Nose, Mouth, LeftEye, RightEye);
        Grooves = GrooveMap.Draw(Lines, Frame.ToPixel, Frame.Scale, size, size);
    }

    public Person Person { get; }

    public HeadFrame Frame { get; }

    public HeadGeometry Head { get; }

    public NoseShape Nose { get; }

    public MouthShape Mouth { get; }

    public EyeShape LeftEye { get; }

    public EyeShape RightEye { get; }

    public BrowShape LeftBrow { get; }

    public BrowShape RightBrow { get; }

    public HairShape Hair { get; }

    public BodyShape Body { get; }

    public FaceRelief Relief { get; }

    public SkinPigment Pigment { get; }

    public Lighting Lighting { get; }

    public IReadOnlyList<WrinkleLine> Lines { get; }

    public GrooveMap Grooves { get; }

    /// <summary>Share 0..1 of a pixel that the head covers, hair and ears aside.</summary>
    public float Cover(float u, float v) =>
        Math.Clamp(((1 - Head.Rho(u, v)) * HeadGeometry.Radius(u, v) * Frame.Scale) + 0.5f, 0, 1);

    /// <summary>Turns a depth in eye distances into the share of a pixel that is covered.</summary>
    public float Edge(float inside, float softnessPixels = 1) =>
        Math.Clamp((inside * Frame.Scale / softnessPixels) + 0.5f, 0, 1);
}
