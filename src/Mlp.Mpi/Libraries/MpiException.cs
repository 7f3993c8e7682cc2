namespace Mlp.Mpi;

/// <summary>The MPI library cannot be found, or reports an error.</summary>
public sealed class MpiException : Exception
{
    internal MpiException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
