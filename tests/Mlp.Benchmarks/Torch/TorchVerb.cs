using System.Text.Json;

namespace Mlp.Benchmarks.Torch;

/// <summary>Weights to PyTorch and back, in safetensors files; .ci/torch runs the three steps.</summary>
/// <remarks>
/// <c>torch write FOLDER</c>: networks in ours/*.safetensors and what they predict in ours.json. <c>round_trip.py</c>: PyTorch loads them,
/// predicts the same, saves them in back/, and saves networks of its own in theirs/ and theirs.json. <c>torch check FOLDER</c>: what came
/// back has the same bits, and PyTorch's own networks predict here what they do there.
/// </remarks>
internal static class TorchVerb
{
    private const double Tolerance = 1e-5;
    private const int InputCount = 6, RowCount = 32;

    /// <returns>The exit code of the process.</returns>
    public static int Run(string[] args)
    {
        switch (args)
        {
            case ["write", var folder]:
                Write(folder);
                return 0;
            case ["check", var folder]:
                return Check(folder);
            default:
                Console.Error.WriteLine("Usage: torch write|check FOLDER");
                return 2;
        }
    }

    private static void Write(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "ours"));
        var cases = new List<TorchCase>();
        var random = new Random(4);
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            foreach (int[] hidden in (int[][])[[], [9], [16, 8]])
            {
                foreach (bool hasBiases in (bool[])[true, false])
                {
                    cases.Add(WriteOne<float>(folder, cases.Count, "F32", activation, hidden, hasBiases, random));
                    cases.Add(WriteOne<double>(folder, cases.Count, "F64", activation, hidden, hasBiases, random));
                }
            }
        }
        File.WriteAllText(Path.Combine(folder, "ours.json"), JsonSerializer.Serialize(cases));
        Console.Error.WriteLine($"{cases.Count} networks are in {folder}/ours.");
    }

    private static TorchCase WriteOne<T>(
        string folder, int index, string type, Activation activation, int[] hidden, bool hasBiases, Random random)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        Layer[] layers =
            [.. hidden.Append(3).Select((units, layer) => Layer.Dense(units, layer < hidden.Length ? activation : Activation.Identity) with
        {
            HasBiases = hasBiases,
            BiasInitializer = Initializer.Normal(0.5),
        })];
        var network = Network<T>.Create(InputCount, layers, random.Next());
        string name = $"{index:D3}.safetensors";
        using (FileStream file = File.Create(Path.Combine(folder, "ours", name)))
            SafeTensorsFile.Write(file, new Model<T>(network));
        T[] features = [.. Enumerable.Range(0, RowCount * InputCount).Select(_ => T.CreateTruncating(4 * random.NextSingle() - 2))];
        return new TorchCase(
            name, $"{activation}", type, [InputCount, .. hidden, 3], hasBiases, [.. features.Select(double.CreateTruncating)],
            Predict(network, features));
    }

    private static int Check(string folder)
    {
        int failures = 0, backCount = 0, valueCount = 0;
        double largest = 0;
        foreach (TorchCase one in Read(Path.Combine(folder, "ours.json")))
        {
            backCount++;
            bool isSame = one.Type == "F32" ? HasSameBits<float>(folder, one) : HasSameBits<double>(folder, one);
            if (!isSame)
                Fail($"back/{one.File} has other bits than ours/{one.File}");
        }
        TorchCase[] theirs = Read(Path.Combine(folder, "theirs.json"));
        foreach (TorchCase one in theirs)
        {
            using FileStream file = File.OpenRead(Path.Combine(folder, "theirs", one.File));
            var network = SafeTensorsFile.Read<double>(file, Enum.Parse<Activation>(one.Activation), prefix: "net.");
            double[] outputs = Predict(network, one.Features);
            if (outputs.Length != one.Outputs.Length)
                Fail($"theirs/{one.File} gives {outputs.Length} outputs, and PyTorch {one.Outputs.Length}");
            foreach ((double actual, double expected) in outputs.Zip(one.Outputs))
            {
                double difference = Math.Abs(actual - expected) / Math.Max(1, Math.Abs(expected));
                largest = Math.Max(largest, difference);
                valueCount++;
                if (!(difference <= Tolerance))
                    Fail($"theirs/{one.File} ({one.Activation}, {one.Type}) gives {actual}, and PyTorch {expected}");
            }
        }
        Console.WriteLine($"back from PyTorch: {backCount} networks with the same bits");
        Console.WriteLine($"from PyTorch: {theirs.Length} networks of F64, F32, F16 and BF16, {valueCount} outputs");
        Console.WriteLine(FormattableString.Invariant($"largest difference {largest:E1}; {failures} failures"));
        return failures == 0 && backCount > 0 && valueCount > 0 ? 0 : 1;

        void Fail(string what)
        {
            failures++;
            Console.WriteLine(what);
        }
    }

    private static TorchCase[] Read(string path) => JsonSerializer.Deserialize<TorchCase[]>(File.ReadAllBytes(path))!;

    private static bool HasSameBits<T>(string folder, TorchCase one)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        Network<T>[] networks = [.. ((string[])["ours", "back"]).Select(part =>
        {
            using FileStream file = File.OpenRead(Path.Combine(folder, part, one.File));
            return SafeTensorsFile.Read<T>(file, Enum.Parse<Activation>(one.Activation));
        })];
        return networks[0].Parameters.Tensors.SequenceEqual(networks[1].Parameters.Tensors)
            && networks[0].Parameters.Values.SequenceEqual(networks[1].Parameters.Values);
    }

    private static double[] Predict<T>(Network<T> network, T[] features)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var outputs = new T[features.Length / network.InputCount * network.OutputCount];
        network.Predict(features, outputs);
        return [.. outputs.Select(double.CreateTruncating)];
    }
}
