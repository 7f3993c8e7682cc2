using System.Runtime.InteropServices;

namespace Mlp.Tool.Output;

/// <summary>The first Ctrl-C or SIGTERM asks the command to stop and keep its results so far; the second ends the process.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    /// <param name="notice">Called once, by another thread.</param>
    public Interruption(Action notice)
    {
        _registrations =
            [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            if (_source.IsCancellationRequested)
                return;
            context.Cancel = true;
            notice();
            _source.Cancel();
        }))];
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }
}
