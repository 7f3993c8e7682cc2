using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>A message of <see cref="MLContext.Log"/>.</summary>
public class LoggingEventArgs : EventArgs
{
    public LoggingEventArgs(string message) => Message = message;

    public LoggingEventArgs(string message, ChannelMessageKind kind, string source)
    {
        RawMessage = message;
        Kind = kind;
        Source = source;
        Message = $"[Source={Source}, Kind={Kind}] {RawMessage}";
    }

    /// <summary>The name of the component and of its channel.</summary>
    public string Source { get; } = null!;

    public ChannelMessageKind Kind { get; }

    /// <summary>The text with source and kind in front of it.</summary>
    public string Message { get; }

    public string RawMessage { get; } = null!;
}
