namespace Microsoft.ML.Runtime;

/// <summary>Messages without a statement on what they give away.</summary>
internal static class ChannelExtensions
{
    public static void Trace(this IChannel channel, string message) => channel.Trace(MessageSensitivity.Unknown, message);

    public static void Info(this IChannel channel, string message) => channel.Info(MessageSensitivity.Unknown, message);

    public static void Warning(this IChannel channel, string message) => channel.Warning(MessageSensitivity.Unknown, message);

    public static void Error(this IChannel channel, string message) => channel.Error(MessageSensitivity.Unknown, message);
}
