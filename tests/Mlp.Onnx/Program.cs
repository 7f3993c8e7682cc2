// Writes models as ONNX files, with rows and what the models predict for them, into the folder given: compare.mjs lets a runtime of ONNX
// files predict the same. .ci/onnx does both.
using System.Text.Json;
using Mlp.Onnx;

if (args.Length != 1)
{
    Console.Error.WriteLine("Usage: dotnet run --project tests/Mlp.Onnx -- <folder>");
    return 1;
}
string folder = Directory.CreateDirectory(args[0]).FullName;
int count = 0;
using FileStream file = File.Create(Path.Combine(folder, "cases.json"));
using var writer = new Utf8JsonWriter(file);
writer.WriteStartArray();
foreach (OnnxCase onnxCase in NetworkCases.Grid().Concat(NetworkCases.Rest()).Concat(TrainedCases.All()))
{
    string name = $"{++count:D4}.onnx";
    onnxCase.Model.SaveAsOnnx(Path.Combine(folder, name));
    writer.WriteStartObject();
    writer.WriteString("file", name);
    writer.WriteString("task", onnxCase.Task);
    writer.WriteString("variant", onnxCase.Variant);
    writer.WriteString("activation", onnxCase.Activation);
    writer.WriteNumber("rows", onnxCase.RowCount);
    writer.WriteNumber("inputs", onnxCase.Model.InputCount);
    WriteValues("features", onnxCase.Features);
    writer.WriteStartObject("outputs");
    foreach (OnnxExpectation output in onnxCase.Outputs)
        WriteValues(output.Name, output.Values);
    writer.WriteEndObject();
    writer.WriteEndObject();
}
writer.WriteEndArray();
Console.Error.WriteLine($"{count} models are in {folder}.");
return 0;

void WriteValues(string name, Array values)
{
    writer.WriteStartArray(name);
    foreach (object value in values)
    {
        switch (value)
        {
            case float number:
                writer.WriteNumberValue(number);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case long integer:
                writer.WriteNumberValue(integer);
                break;
            default:
                writer.WriteStringValue((string)value);
                break;
        }
    }
    writer.WriteEndArray();
}
