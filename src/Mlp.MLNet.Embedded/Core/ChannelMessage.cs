namespace Microsoft.ML.Runtime;

/// <summary>A text message with its kind.</summary>
public readonly struct ChannelMessage
{
    public readonly ChannelMessageKind Kind;
    public readonly MessageSensitivity Sensitivity;
    private readonly string _format;
    private readonly object[]? _arguments;

    internal ChannelMessage(ChannelMessageKind kind, MessageSensitivity sensitivity, string format, object[]? arguments = null)
    {
        Contracts.CheckNonEmpty(format, nameof(format));
        Kind = kind;
        Sensitivity = sensitivity;
        _format = format;
        _arguments = arguments;
    }

    /// <summary>The text; only here are the arguments put in, so that a message nobody listens to costs little.</summary>
    public string Message => _arguments == null ? _format : string.Format(_format, _arguments);
}
