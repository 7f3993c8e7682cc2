namespace Microsoft.ML.Model.OnnxConverter;

internal interface ISaveAsOnnx : ICanSaveOnnx
{
    void SaveAsOnnx(OnnxContext ctx);
}
