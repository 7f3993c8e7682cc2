using System.Globalization;
using Mlp.Tool.Output;

namespace Mlp.Tool.Pictures;

/// <summary>A folder with pictures in the layout of MNIST: four idx files with training and test pictures and their labels. They become one
/// table.</summary>
internal static class IdxFolder
{
    public const string LabelColumn = "label";
    public const string SplitColumn = "split";

    private static readonly (string Prefix, string Use)[] Parts = [("train", "train"), ("t10k", "test")];

    /// <summary>Whether a folder has such files.</summary>
    public static bool IsAt(string path) => Directory.Exists(path) && Find(path, "train", "images-idx3") is not null;

    /// <summary>Writes the table: px0, px1 and so on row by row from the upper left corner, label, split.</summary>
    /// <param name="folder">Has the files; they are not trusted.</param>
    /// <param name="path">Of the CSV, in a folder that the caller deletes.</param>
    /// <param name="cancellationToken">Checked for each picture.</param>
    /// <exception cref="ToolException">A file is missing or damaged, or the files do not fit together.</exception>
    public static void WriteTable(string folder, string path, CancellationToken cancellationToken)
    {
        using FileStream file = File.Create(path);
        using var writer = new CsvWriter(file);
        int pixelCount = 0;
        foreach ((string prefix, string use) in Parts)
        {
            using var pictures = IdxFile.Open(FindOrThrow(folder, prefix, "images-idx3"));
            using var labels = IdxFile.Open(FindOrThrow(folder, prefix, "labels-idx1"));
            if (labels.RowCount != pictures.RowCount || labels.ValuesPerRow != 1)
                throw new ToolException(
                    ExitCode.BadInput,
                    $"{folder} has {pictures.RowCount:N0} pictures of '{prefix}' and {labels.RowCount:N0} labels; each picture needs "
                        + "one. Get the files again from where they come.");
            if (pixelCount == 0)
                WriteHeader(writer, pixelCount = pictures.ValuesPerRow);
            else if (pictures.ValuesPerRow != pixelCount)
                throw new ToolException(
                    ExitCode.BadInput,
                    $"{folder} has test pictures of {pictures.ValuesPerRow:N0} pixels and training pictures of {pixelCount:N0}. Put "
                        + "files of one kind into the folder.");
            WriteRows(writer, pictures, labels, use, cancellationToken);
        }
    }

    private static void WriteHeader(CsvWriter writer, int pixelCount)
    {
        for (int pixel = 0; pixel < pixelCount; pixel++)
            writer.Write($"px{pixel}");
        writer.Write(LabelColumn);
        writer.Write(SplitColumn);
        writer.EndRow();
    }

    private static void WriteRows(CsvWriter writer, IdxFile pictures, IdxFile labels, string use, CancellationToken cancellationToken)
    {
        string[] numbers = [.. Enumerable.Range(0, 256).Select(value => value.ToString(CultureInfo.InvariantCulture))];
        byte[] picture = new byte[pictures.ValuesPerRow];
        byte[] label = new byte[1];
        for (int row = 0; row < pictures.RowCount; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            pictures.ReadRow(picture);
            labels.ReadRow(label);
            foreach (byte pixel in picture)
                writer.Write(numbers[pixel]);
            writer.Write(numbers[label[0]]);
            writer.Write(use);
            writer.EndRow();
        }
    }

    private static string? Find(string folder, string prefix, string kind) =>
        Directory.EnumerateFiles(folder, $"{prefix}-{kind}-ubyte*").Order(StringComparer.Ordinal).FirstOrDefault();

    private static string FindOrThrow(string folder, string prefix, string kind) =>
        Find(folder, prefix, kind)
        ?? throw new ToolException(
            ExitCode.BadInput,
            $"{folder} has no file {prefix}-{kind}-ubyte or {prefix}-{kind}-ubyte.gz. A folder of pictures needs images and labels, "
                + "train and t10k.");
}
