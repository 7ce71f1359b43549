using System.Runtime.InteropServices;

namespace Rhytid.Cli.Terminal;

/// <summary>Cancelled by Ctrl-C or SIGTERM: the photo at hand is dropped whole, finished ones stay.</summary>
internal sealed class InterruptToken : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    public InterruptToken()
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
            _registrations.Add(PosixSignalRegistration.Create(signal, Stop));
    }

    /// <summary>What the process returns after the signal: 130 for Ctrl-C, 143 for SIGTERM.</summary>
    public int ExitCode { get; private set; } = ExitCodes.Interrupted;

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        ExitCode = context.Signal == PosixSignal.SIGTERM ? ExitCodes.Terminated : ExitCodes.Interrupted;
        _source.Cancel();
    }
}
