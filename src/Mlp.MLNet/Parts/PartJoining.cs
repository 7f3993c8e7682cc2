using Mlp.Training.Ensembles;

namespace Mlp.MLNet.Parts;

/// <summary>Reads parts, checks that they are all of one training, and writes the model that one process would have trained.</summary>
internal static class PartJoining
{
    /// <param name="paths">Of the parts, in any order.</param>
    /// <param name="write">Is given what writes the model's zip, once everything is checked.</param>
    /// <inheritdoc cref="Microsoft.ML.MlpPartExtensions.JoinMlpParts(Microsoft.ML.ModelOperationsCatalog, IReadOnlyList{string}, string)"
    /// path="/exception"/>
    public static JoinedParts Join(IReadOnlyList<string> paths, Action<Action<Stream>> write)
    {
        if (paths.Count == 0)
            throw new ArgumentException("There are no parts to join. Give the files of all of them.", nameof(paths));
        var parts = new List<PartFile>();
        try
        {
            foreach (string path in paths)
                parts.Add(Read(path, () => PartFile.Open(path)));
            var ensemble = new PartsOfEnsemble<float>(
                [.. parts.Select(part => (part.Path, part.Part, Read(part.Path, () => PartZip.ReadModel(part))))]);
            Model<float> model = ensemble.Join();
            CheckSamePreparation(parts);
            write(stream => PartZip.Write(parts[0], model, stream));
            return new JoinedParts(parts.Count, model.Networks.Count, model.Temperature, [.. Warnings(parts)]);
        }
        finally
        {
            foreach (PartFile part in parts)
                part.Dispose();
        }
    }

    /// <summary>The networks are of the same rows; what made features of the table, or what is known of it, might still differ.</summary>
    private static void CheckSamePreparation(List<PartFile> parts)
    {
        var first = Read(parts[0].Path, () => PartZip.DescribeOthers(parts[0]));
        foreach (PartFile part in parts.Skip(1))
        {
            var others = Read(part.Path, () => PartZip.DescribeOthers(part));
            if (others.SequenceEqual(first))
                continue;
            string[] differing = [.. others.Except(first).Concat(first.Except(others)).Select(entry => entry.Name).Distinct()];
            throw new InvalidOperationException(
                $"'{part.Path}' is part of another training than '{parts[0].Path}': what the models in them do before the network differs "
                    + $"({string.Join(", ", differing.Take(3))}). Train all parts with the same command, the same version and the same "
                    + "table.");
        }
    }

    /// <summary>What the bits of the joined model may differ from those of one process by.</summary>
    private static IEnumerable<string> Warnings(List<PartFile> parts)
    {
        if (parts.Find(part => part.VectorBits != parts[0].VectorBits) is PartFile other)
        {
            yield return
                $"'{parts[0].Path}' was trained with vectors of {parts[0].VectorBits} bits, '{other.Path}' with {other.VectorBits}: the "
                    + "last bits of a network depend on that, so no single machine trains this very model. Its quality is the same.";
        }
    }

    /// <summary>Names the file in what is wrong with it.</summary>
    private static TResult Read<TResult>(string path, Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (ModelFileException exception)
        {
            throw new ModelFileException($"'{path}' cannot be read: {exception.Message}", exception.Position, exception);
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException)
        {
            throw new ModelFileException(
                $"'{path}' cannot be read: {exception.Message} It is damaged; copy or train it again.", position: 0, exception);
        }
    }
}
