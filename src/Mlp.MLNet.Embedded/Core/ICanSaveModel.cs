namespace Microsoft.ML;

/// <summary>Something that can write itself into a model file.</summary>
public interface ICanSaveModel
{
    void Save(ModelSaveContext ctx);
}
