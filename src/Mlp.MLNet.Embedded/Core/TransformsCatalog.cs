using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The transforms, which are extension methods on this class and on its parts.</summary>
public sealed partial class TransformsCatalog : IInternalCatalog
{
    internal TransformsCatalog(IHostEnvironment env)
    {
        Environment = env;
        Categorical = new CategoricalTransforms(this);
        Conversion = new ConversionTransforms(this);
    }

    IHostEnvironment IInternalCatalog.Environment => Environment;

    public CategoricalTransforms Categorical { get; }

    public ConversionTransforms Conversion { get; }

    internal IHostEnvironment Environment { get; }

    /// <summary>Transforms of categories.</summary>
    public sealed class CategoricalTransforms : IInternalCatalog
    {
        internal CategoricalTransforms(TransformsCatalog owner) => Environment = owner.Environment;

        IHostEnvironment IInternalCatalog.Environment => Environment;

        internal IHostEnvironment Environment { get; }
    }

    /// <summary>Transforms of one type into another.</summary>
    public sealed class ConversionTransforms : IInternalCatalog
    {
        internal ConversionTransforms(TransformsCatalog owner) => Environment = owner.Environment;

        IHostEnvironment IInternalCatalog.Environment => Environment;

        internal IHostEnvironment Environment { get; }
    }
}
