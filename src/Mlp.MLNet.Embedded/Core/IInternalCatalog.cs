using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A catalog, from which its extension methods take the environment.</summary>
internal interface IInternalCatalog
{
    IHostEnvironment Environment { get; }
}
