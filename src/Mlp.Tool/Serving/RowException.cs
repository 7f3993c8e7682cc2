namespace Mlp.Tool.Serving;

/// <summary>Ends a request whose rows cannot be predicted.</summary>
/// <param name="message">For people, all in one.</param>
/// <param name="errors">One by one; empty where the request is no rows at all.</param>
internal sealed class RowException(string message, IReadOnlyList<RowError> errors) : Exception(message)
{
    public IReadOnlyList<RowError> Errors { get; } = errors;
}
