using Microsoft.ML.OnnxRuntime;

namespace Mlp.MLNet.Tests.Onnx;

/// <summary>A model in Microsoft.ML.OnnxRuntime, on one thread of the processor.</summary>
internal sealed class OnnxRuntimeSession : IDisposable
{
    private static readonly RunOptions Once = new();

    private readonly InferenceSession _session;

    public OnnxRuntimeSession(byte[] file)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            // ML.NET's converter declares some shapes as they are not, which the runtime remarks upon.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        _session = new InferenceSession(file, options);
    }

    /// <summary>The names of the graph's inputs.</summary>
    public IReadOnlyList<string> InputNames => _session.InputNames;

    /// <summary>Lets the runtime predict and asserts that it gives what is expected.</summary>
    /// <returns>The largest difference of numbers.</returns>
    public double AssertPredicts(OnnxCase one)
    {
        var inputs = one.Inputs.ToDictionary(input => input.Name, input => ToTensor(input, one.RowCount));
        try
        {
            string[] names = [.. one.Outputs.Select(output => output.Name)];
            using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(Once, inputs, names);
            double largest = 0;
            for (int index = 0; index < names.Length; index++)
            {
                OnnxValues expected = one.Outputs[index];
                Assert.Equal([one.RowCount, expected.Width], results[index].GetTensorTypeAndShape().Shape);
                largest = Math.Max(largest, expected.AssertGivenBy($"{one}", ToArray(results[index], expected.Values)));
            }
            return largest;
        }
        finally
        {
            foreach (OrtValue input in inputs.Values)
                input.Dispose();
        }
    }

    /// <summary>One output of a model whose only input is a vector of features.</summary>
    public T[] Predict<T>(float[] features, string output)
    {
        string name = InputNames.Single();
        long width = _session.InputMetadata[name].Dimensions[^1];
        using var input = OrtValue.CreateTensorValueFromMemory(features, [features.Length / width, width]);
        using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(
            Once, new Dictionary<string, OrtValue> { [name] = input }, [output]);
        return (T[])ToArray(results[0], Array.Empty<T>());
    }

    public void Dispose() => _session.Dispose();

    private OrtValue ToTensor(OnnxValues values, int rowCount)
    {
        // Of a matrix per row the graph knows the sizes.
        long[] shape = [rowCount, .. _session.InputMetadata[values.Name].Dimensions.Skip(1).Select(size => (long)size)];
        return values.Values switch
        {
            float[] numbers => OrtValue.CreateTensorValueFromMemory(numbers, shape),
            bool[] flags => OrtValue.CreateTensorValueFromMemory(flags, shape),
            int[] integers => OrtValue.CreateTensorValueFromMemory(integers, shape),
            string[] texts => OfTexts(texts, shape),
            _ => throw new NotSupportedException($"Input {values.Name} has values of {values.Values.GetType()}."),
        };
    }

    private static OrtValue OfTexts(string[] texts, long[] shape)
    {
        var tensor = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
        for (int index = 0; index < texts.Length; index++)
            tensor.StringTensorSetElementAt(texts[index], index);
        return tensor;
    }

    private static Array ToArray(OrtValue value, Array expected) => expected switch
    {
        float[] => value.GetTensorDataAsSpan<float>().ToArray(),
        bool[] => value.GetTensorDataAsSpan<bool>().ToArray(),
        long[] => value.GetTensorDataAsSpan<long>().ToArray(),
        uint[] => value.GetTensorDataAsSpan<uint>().ToArray(),
        _ => value.GetStringTensorAsArray(),
    };
}
