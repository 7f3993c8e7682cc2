namespace Microsoft.ML.Runtime;

internal interface IHostEnvironmentInternal : IHostEnvironment
{
    /// <summary>The seed given to the context, or null.</summary>
    int? Seed { get; }
}
