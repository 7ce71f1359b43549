using System.Globalization;
using Fuzz;

// Feeds damaged files to every reader, in processes of limited memory: eng/fuzz [--count N] [--seed S] [TARGET]...
FuzzTarget[] targets = [.. FileTargets.All, .. PictureTargets.All];
var words = args.ToList();
if (words is ["worker", var name, var workerSeed, var from, var to, var page])
    return Worker.Run(Find(name), Number(workerSeed), Number(from), Number(to), page);
if (words is ["case", var target, var caseSeed, var number, var file])
{
    var one = Find(target);
    File.WriteAllBytes(file, one.Make(one.Seeds(), Number(caseSeed), Number(number)));
    return 0;
}
var seed = Option("--seed", 1);
var supervisor = new Supervisor(seed, Option("--count", 0), Option("--memory", 6144), Console.Out);
var chosen = words.Count == 0 ? targets : [.. words.Select(Find)];
Console.WriteLine($"seed {seed}\n| reader | files | past the header | read | refused behind it | refused at it | faults | s |");
Console.WriteLine("|---|---|---|---|---|---|---|---|");
return chosen.Aggregate(true, (isGood, each) => supervisor.Run(each) && isGood) ? 0 : 1;

FuzzTarget Find(string name) => Array.Find(targets, each => each.Name == name)
    ?? throw new ArgumentException($"there is no reader '{name}'; known are {string.Join(' ', targets.Select(each => each.Name))}");

int Option(string name, int fallback)
{
    var at = words.IndexOf(name);
    if (at < 0)
        return fallback;
    var value = Number(words[at + 1]);
    words.RemoveRange(at, 2);
    return value;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
