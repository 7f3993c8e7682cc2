namespace Microsoft.ML.Runtime;

/// <summary>Something that opens channels for messages.</summary>
public interface IChannelProvider : IExceptionContext
{
    IChannel Start(string name);
}
