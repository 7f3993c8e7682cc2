using Microsoft.ML.Data;

namespace Microsoft.ML.Model.OnnxConverter;

internal interface ITransformCanSaveOnnx : ISaveAsOnnx, IDataTransform
{
}
