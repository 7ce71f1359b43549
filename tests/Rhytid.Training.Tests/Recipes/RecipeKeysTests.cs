using Rhytid.Tests.Shared;
using Rhytid.Training.Fields;
using Rhytid.Training.Losses;
using Rhytid.Training.Recipes;

namespace Rhytid.Training.Tests.Recipes;

public sealed class RecipeKeysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Kinds()
    {
        var data = new TheoryData<string, string>();
        foreach (var field in RecipeKeys.All)
            foreach (var kind in field.Kinds.Where(kind => kind is not ILoss))
                data.Add(field.Key, kind.Id);
        return data;
    }

    [Fact]
    public void Every_key_and_kind_stands_once_and_is_described()
    {
        var rows = RecipeKeys.All.SelectMany(field => field.Rows(new Recipe { Name = "" }, "")).ToList();
        Assert.Equal(rows.Count, rows.Distinct().Count());
        Assert.All(rows, row => Assert.NotEmpty(row.Description));
        foreach (var kinds in RecipeKeys.All.Select(field => field.Kinds))
        {
            Assert.Equal(kinds.Count, kinds.Select(kind => kind.Id).Distinct().Count());
            Assert.All(kinds, kind => Assert.NotEmpty(kind.Description));
            Assert.All(
                kinds,
                kind => Assert.Equal(kind.Fields.Count, kind.Fields.Select(field => field.Key).Distinct().Count()));
        }
    }

    // Every own key of a kind, changed: a field that writes another property than it reads would not survive.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_key_of_a_kind_is_read_and_written(string section, string id)
    {
        var kind = RecipeKeys.All.Single(field => field.Key == section).Kinds.Single(kind => kind.Id == id);
        (string Key, string Value)[] values =
        [
            .. kind.Fields.Select(field => (field.Key, Value: Other(field.Write(kind))))
        ];
        // Out channels and losses that suit the objective.
        var objective = section == "objective" ? ObjectiveOptions.Kinds.Get(id) : new WrinkleOptions();
        var loss = LossKinds.Table.All.First(loss => loss.Targets == objective.Targets).Name;
        File.WriteAllText(
            _folder["mine.yaml"],
            $"title: mine\nmodel: unet\nout-channels: {objective.MinChannels}\nloss: {{{loss}: 1}}\nepochs: 1\nbatch: 1\n");

        var recipe = RecipeBook.Load(
            _folder["mine.yaml"],
            [($"{section}.kind", id), .. values.Select(value => ($"{section}.{value.Key}", value.Value))]);

        var line = recipe.ToYaml().Split('\n').Single(line => line.StartsWith(section + ":", StringComparison.Ordinal));
        Assert.Equal(
            $"{section}: {{{string.Join(", ", values.Select(value => $"{value.Key}: {value.Value}").Prepend($"kind: {id}"))}}}",
            line.Replace("\"", "", StringComparison.Ordinal));
        using var scope = Torch.TensorScope.Begin();
        _ = recipe.ToPlan().Schedule();
    }

    [Fact]
    public void Every_key_of_a_loss_is_read_and_written()
    {
        var recipe = RecipeBook.Load(
            "kim-bce", ("loss.focal.alpha", "0.25"), ("loss.focal.gamma", "3"), ("loss.focal.sum", "true"),
            ("loss.dice.pooling", "batch"),
                ("loss.dice.weight", "2"), ("loss.bce.positive-weight", "5"), ("loss.dice-c.pooling", "image"));

        Assert.Equal(
            [new LossTerm(new CrossEntropy(5)), new LossTerm(new FocalLoss(0.25, 3, Sum: true)), new LossTerm(
                new BinaryDice(Pooling: Pooling.Batch), 2), new LossTerm(new SoftDice(Pooling.Image))],
            recipe.Loss.OrderBy(term => term.Loss.Name switch { "bce" => 0, "focal" => 1, "dice" => 2, _ => 3 }));
    }

    [Theory]
    [InlineData("kim-bce", "cldice", "iterations", "3", "0", "a whole number from 1 to 100")]
    [InlineData("face-parser", "ohem", "threshold", "0.5", "1.5", "a number from 0 to 1")]
    [InlineData("face-parser", "ohem", "least-share", "0.25", "-1", "a number from 0 to 1")]
    public void A_number_of_a_loss_is_set_in_its_range(
        string name, string loss, string key, string value, string wrong, string range)
    {
        Recipe Load(string text) => RecipeBook.Load(name, ($"loss.{loss}.{key}", text));

        Assert.Contains($"{key}: {value}", Load(value).ToYaml(), StringComparison.Ordinal);
        Assert.Contains(
            $"{loss}: '{key}' must be {range}, not '{wrong}'",
            Assert.Throws<RecipeException>(() => Load(wrong)).Message, StringComparison.Ordinal);
        Assert.Equal(new SoftClDiceLoss(5), LossKinds.Table.Get("cldice"));
        Assert.Equal(new OhemCrossEntropy(0.7, 1.0 / 16), LossKinds.Table.Get("ohem"));
    }

    // Copies of earlier versions have every key of every kind, and a run that they describe must go on.
    [Fact]
    public void A_resolved_copy_of_an_earlier_version_means_the_same()
    {
        File.WriteAllText(_folder["recipe.yaml"], """
            title: "Moon"
            objective: {kind: wrinkles, soft-labels: 0, low: -1, high: 1, sigma: 0.2, simple: false, target: noise, patch: 32, ratio: 0.6}
            model: unet
            in-channels: 3
            out-channels: 2
            input: {scaling: moon, masked: true, size: 1024, texture: skin, threshold: 0.5}
            augmentation: moon
            fraction: 100
            loss: {dice-c: {weight: 1, alpha: 0.75, gamma: 2, sum: false, positive-weight: 1}}
            optimizer: {kind: adamw, learning-rate: 0.0001, weight-decay: 0.05, beta1: 0.9, beta2: 0.999, momentum: 0, decay-vectors: true, fast-factor: 10}
            schedule: {kind: cosine-restarts, period: 50, growth: 2, decay: 0.9, minimum: 0, patience: 15, factor: 0.75, power: 0.9, warm-up: 0}
            epochs: 150
            batch: 26
            accumulate: 1
            batch-norm: train
            precision: f32
            seed: 0
            """);

        var old = RecipeBook.Load(_folder["recipe.yaml"]);
        var published = RecipeBook.Load("moon-unet-rgb", ("batch", "26")) with
        {
            Title = "Moon",
            Source = null,
            Name = "recipe"
        };

        Assert.Equal(published.ToYaml(), old.ToYaml());
    }

    [Theory]
    [InlineData(
        "epoch", "3", "kim-bce: the recipe has no key 'epoch'; it may have: title, ", "(did you mean 'epochs'?)")]
    [InlineData(
        "optimizer.kind", "adamm", "optimizer: 'kind' is 'adamm'; it may be: adamw, adam, sgd (did you mean 'adam",
        "'?)")]
    [InlineData("schedule.warmup", "3", "schedule has no key 'warmup'", "(did you mean 'warm-up'?)")]
    [InlineData("loss.bce.gamma", "much", "bce: 'gamma' must be a number from 0 on, not 'much'", "")]
    [InlineData("objective.sigma", "-1", "objective: 'sigma' must be a number from 0 on, not '-1'", "")]
    [InlineData("loss", "bce", "loss must hold keys and values", "")]
    [InlineData("depths", "2,two", "'depths' must be whole numbers with commas", "not '2,two'")]
    [InlineData("epochs.x", "1", "--set epochs.x: there is no place for it in the recipe", "")]
    [InlineData("freeze-encoder", "some", "'freeze-encoder' is 'some'; it may be: none, all, all-but-last-2", "")]
    public void AWrongChangeIsToldWithItsKey(string key, string value, string expected, string more)
    {
        var message = Assert.Throws<RecipeException>(() => RecipeBook.Load("kim-bce", (key, value))).Message;

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains(more, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    // A misspelled key does not hide what other keys say together.
    [Fact]
    public void Unknown_keys_and_broken_rules_are_told_together()
    {
        var message =
            Assert.Throws<RecipeException>(
                () => RecipeBook.Load(
                    "moon-unet-rgb", ("epoch", "3"), ("input.texture", "photo"), ("out-channels", "5"))).Message;

        Assert.All(
            ["no key 'epoch'", "no fourth channel", "out-channels is 5"],
            part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    // RHYTID_WRITE_DOCS=1 writes the page.
    [Fact]
    public void The_reference_page_is_current()
    {
        const string Begin = "<!-- Generated from RecipeKeys by RecipeKeysTests with RHYTID_WRITE_DOCS=1: begin -->\n";
        const string End = "\n<!-- end -->";
        var path = Path.Combine(Repository.Root, "docs", "reference", "recipes.md");
        var page = File.ReadAllText(path);
        var (begin, end) =
            (page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, page.IndexOf(End, StringComparison.Ordinal));
        var current = $"{page[..begin]}\n{RecipeReference.ToMarkdown()}\n{page[end..]}";
        if (Environment.GetEnvironmentVariable("RHYTID_WRITE_DOCS") == "1")
            File.WriteAllText(path, page = current);

        Assert.Equal(current, page);
    }

    private static string Other(string? value) => value switch
    {
        null => "outc",
        "true" => "false",
        "false" => "true",
        "noise" => "image",
        "32" => "16",
        _ when value.Contains('.', StringComparison.Ordinal) => "0.125",
        _ => "4",
    };
}
