using Rhytid.Training.Fields;
using Rhytid.Training.Losses;
using Rhytid.Training.Yaml;
using YamlDotNet.RepresentationModel;

namespace Rhytid.Training.Recipes;

/// <summary>One loss of a recipe, whose losses are added.</summary>
/// <param name="Loss">The loss with its numbers.</param>
/// <param name="Weight">What it is multiplied with.</param>
public sealed record LossTerm(ILoss Loss, double Weight = 1)
{
    internal static Field<LossTerm> WeightKey { get; } =
        Field<LossTerm>.Number("weight", "factor of a loss", x => x.Weight, (x, v) => x with { Weight = v });

    /// <summary>The long form of a loss that is given by its weight alone.</summary>
    internal static YamlMappingNode Mapping(YamlNode weight) => new(new YamlScalarNode(WeightKey.Key), weight);
}

/// <summary>The losses of a recipe: ids with a weight, or with a mapping of weight and the loss's own keys.</summary>
internal sealed class LossFormat : Format<IReadOnlyList<LossTerm>>
{
    private static readonly Kinds<ILoss> Table = LossKinds.Table;
    private static readonly string[] Ids = [.. Table.All.Select(loss => loss.Name)];
    private static readonly string[] Keys = [LossTerm.WeightKey.Key, .. Table.Fields.Select(field => field.Key)];

    public override string Values => string.Join(", ", Ids.Select(id => $"`{id}`"));

    public override IReadOnlyList<IKind> Kinds => Table.All;

    public override bool TryRead(YamlFields yaml, string key, out IReadOnlyList<LossTerm> value)
    {
        var before = yaml.Problems.Count;
        var losses = yaml.Mapping(key, Ids);
        value = [.. losses.All.Select(entry => Read(entry.Key, entry.Value, yaml.Problems))];
        if (value.Count == 0 && yaml.Problems.Count == before)
            yaml.Reject(key, $"'{key}' names none; there are: {string.Join(", ", Ids)}");
        return value.Count > 0;
    }

    public override string Write(IReadOnlyList<LossTerm> value) => Section.Flow(value.Select(term =>
        (term.Loss.Name, Section.Flow(
            [.. Section.Write(term, [LossTerm.WeightKey]), .. Section.Write(term.Loss, term.Loss.Fields)]))));

    public override IEnumerable<FieldRow> Rows(FieldRow own)
    {
        var prefix = own.Key + ".ID.";
        return
            [own, .. LossTerm.WeightKey.Rows(new LossTerm(Table.Default), prefix), .. KindRows.Create(Table, prefix)];
    }

    private static LossTerm Read(string id, YamlNode node, LineProblems problems)
    {
        if (node is not YamlMappingNode)
            node = LossTerm.Mapping(node);
        var yaml = new YamlFields(node, id, Keys, problems);
        return Section.Read(new LossTerm(Table.Read(Table.Get(id), yaml)), yaml, [LossTerm.WeightKey]);
    }
}
