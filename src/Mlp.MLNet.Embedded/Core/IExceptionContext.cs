namespace Microsoft.ML.Runtime;

/// <summary>Something that has a name for the place an exception comes from.</summary>
public interface IExceptionContext
{
    string ContextDescription { get; }

    /// <summary>Notes in the exception's data where it was thrown, and returns it.</summary>
    TException Process<TException>(TException ex)
        where TException : Exception;
}
