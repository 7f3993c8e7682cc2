using Mlp.Tool.Output;

namespace Mlp.Tool.Serving;

/// <summary>The model of a file, and the next one as soon as the file is replaced. A file that cannot be used changes nothing.</summary>
/// <remarks>It is looked at again and again: notices of the file system do not come from every kind of drive.</remarks>
internal sealed class ModelStore : IAsyncDisposable
{
    // Enough to tell models apart in a line.
    private const int FingerprintLength = 12;

    private readonly string _path;
    private readonly string? _label;
    private readonly Terminal _terminal;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _watching;
    private volatile State _state;

    private ModelStore(string path, string? label, TimeSpan interval, Terminal terminal)
    {
        (_path, _label, _terminal) = (path, label, terminal);
        FileStamp? stamp = FileStamp.Of(path);
        _state = new State(ServedModel.Load(path, label), DateTimeOffset.UtcNow, LoadCount: 1, FailureCount: 0, LastError: null);
        _watching = Watch(stamp, interval, _end.Token);
    }

    /// <summary>The model now, and how it came about: a request keeps what it began with.</summary>
    public State Now => _state;

    /// <summary>Reads the file, and watches it from then on.</summary>
    /// <param name="path">Of the zip: a file, for what is no file cannot be replaced.</param>
    /// <param name="label">The label's column, for a zip without notes; null for "Label".</param>
    /// <param name="interval">Between two looks.</param>
    /// <param name="terminal">Is told of every other model.</param>
    /// <exception cref="ToolException">The file cannot be used.</exception>
    public static ModelStore Open(string path, string? label, TimeSpan interval, Terminal terminal) =>
        new(path, label, interval, terminal);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        _end.Dispose();
    }

    private async Task Watch(FileStamp? known, TimeSpan interval, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                // While a file is being replaced there may be none.
                if (FileStamp.Of(_path) is { } stamp && stamp != known && Replace(stamp))
                    known = stamp;
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>Loads the file that has a stamp; false where it was still being written, and must be looked at again.</summary>
    private bool Replace(FileStamp stamp)
    {
        State old = _state;
        try
        {
            var model = ServedModel.Load(_path, _label);
            if (FileStamp.Of(_path) != stamp)
                return false;
            _terminal.Detail($"{_path} was replaced: from now on {Describe(model)}.");
            _state = old with { Model = model, LoadedAt = DateTimeOffset.UtcNow, LoadCount = old.LoadCount + 1, LastError = null };
        }
        catch (Exception exception) when (exception is ToolException or IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            if (FileStamp.Of(_path) != stamp)
                return false;
            _terminal.Warning(
                $"{_path} was replaced by a file that cannot be used, and the model before goes on: {exception.Message}");
            _state = old with { FailureCount = old.FailureCount + 1, LastError = exception.Message };
        }
        return true;
    }

    /// <summary>A model in a few words.</summary>
    public static string Describe(ServedModel model) =>
        $"{model.LabelName} is predicted from {Figures.Count(model.Fields.Count, "column", "columns")} by the model "
            + model.Fingerprint[..FingerprintLength];

    /// <summary>A model and its history.</summary>
    /// <param name="Model">Answers.</param>
    /// <param name="LoadedAt">UTC.</param>
    /// <param name="LoadCount">Models so far, from 1.</param>
    /// <param name="FailureCount">Files that could not be used.</param>
    /// <param name="LastError">Of the newest file; null where it is the model.</param>
    internal sealed record State(ServedModel Model, DateTimeOffset LoadedAt, long LoadCount, long FailureCount, string? LastError);
}
