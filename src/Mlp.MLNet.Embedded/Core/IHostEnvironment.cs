namespace Microsoft.ML.Runtime;

/// <summary>What components get from the context they live in: messages, hosts, known components.</summary>
public interface IHostEnvironment : IChannelProvider
{
    ComponentCatalog ComponentCatalog { get; }

    /// <summary>A host of its own for a component; its random numbers follow from the seed given here or from this environment's.</summary>
    IHost Register(string name, int? seed = null, bool? verbose = null);
}
