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
OnnxCase[] cases = [.. NetworkCases.Grid(), .. NetworkCases.Rest(), .. TrainedCases.All(), .. PipelineCases.All()];
using FileStream file = File.Create(Path.Combine(folder, "cases.json"));
using var writer = new Utf8JsonWriter(file);
writer.WriteStartArray();
for (int index = 0; index < cases.Length; index++)
{
    string name = $"{index + 1:D4}.onnx";
    File.WriteAllBytes(Path.Combine(folder, name), cases[index].File);
    writer.WriteStartObject();
    writer.WriteString("file", name);
    writer.WriteString("task", cases[index].Task);
    writer.WriteString("variant", cases[index].Variant);
    writer.WriteString("activation", cases[index].Activation);
    writer.WriteNumber("rows", cases[index].RowCount);
    Write("inputs", cases[index].Inputs);
    Write("outputs", cases[index].Outputs);
    writer.WriteEndObject();
}
writer.WriteEndArray();
Console.Error.WriteLine($"{cases.Length} models are in {folder}.");
return 0;

void Write(string name, IReadOnlyList<OnnxValues> all)
{
    writer.WriteStartArray(name);
    foreach (OnnxValues one in all)
    {
        writer.WriteStartObject();
        writer.WriteString("name", one.Name);
        writer.WriteString("type", one.Type);
        writer.WriteNumber("width", one.Width);
        writer.WriteStartArray("values");
        foreach (object value in one.Values)
            WriteValue(value);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
    writer.WriteEndArray();
}

void WriteValue(object value)
{
    switch (value)
    {
        case float.NaN:
            // JSON knows no NaN.
            writer.WriteNullValue();
            break;
        case float number:
            writer.WriteNumberValue(number);
            break;
        case bool flag:
            writer.WriteBooleanValue(flag);
            break;
        case long or uint:
            writer.WriteNumberValue(Convert.ToInt64(value));
            break;
        default:
            writer.WriteStringValue((string)value);
            break;
    }
}
