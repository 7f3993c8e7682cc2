namespace Microsoft.ML.Runtime;

/// <summary>
/// Stands for hosts that ML.NET registers and this runtime has no use for. Registering one draws from the context's random numbers,
/// and what is registered after it would otherwise get another seed than in ML.NET.
/// </summary>
internal static class UnusedHosts
{
    public static void Register(IHostEnvironment env, int count)
    {
        for (int i = 0; i < count; i++)
            env.Register("Unused");
    }
}
