namespace Microsoft.ML.Runtime;

/// <summary>Takes messages of one kind until it is disposed.</summary>
public interface IPipe<TMessage> : IExceptionContext, IDisposable
{
    void Send(TMessage msg);
}
