using System.CommandLine;

namespace Rhytid.Cli.Commands;

/// <summary><c>--overwrite</c>, and <c>--force</c>, as earlier versions called it on some commands.</summary>
internal sealed class OverwriteOption(string description)
{
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = description };
    private readonly Option<bool> _force = new("--force") { Hidden = true };

    public void AddTo(Command command)
    {
        command.Add(_overwrite);
        command.Add(_force);
    }

    public bool Read(ParseResult parsed) => parsed.GetValue(_overwrite) || parsed.GetValue(_force);
}
