namespace Microsoft.ML.Model.OnnxConverter;

internal interface ICanSaveOnnx
{
    bool CanSaveOnnx(OnnxContext ctx);
}
