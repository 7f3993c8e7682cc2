using System.Numerics;
using Mlp;

/// <summary>Images in an order of their own, read as pixels in [0, 1] and one-hot digits. An image may come more than once.</summary>
internal sealed class MnistRows<T>(MnistFiles files, ReadOnlyMemory<int> imageIndices) : IRowSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly T[] Pixels = [.. Enumerable.Range(0, 256).Select(value => T.CreateChecked(value / 255f))];

    public int RowCount => imageIndices.Length;

    public int InputCount => MnistFiles.PixelCount;

    public int TargetCount => MnistFiles.ClassCount;

    public static T[] OneHot(int digit) => [.. Enumerable.Range(0, MnistFiles.ClassCount).Select(each => each == digit ? T.One : T.Zero)];

    public void Read(ReadOnlySpan<int> rowIndices, Span<T> inputs, Span<T> targets, Span<T> exampleWeights)
    {
        targets.Clear();
        for (int row = 0; row < rowIndices.Length; row++)
        {
            int image = imageIndices.Span[rowIndices[row]];
            ReadOnlySpan<byte> pixels = files.Images.AsSpan(image * InputCount, InputCount);
            for (int pixel = 0; pixel < pixels.Length; pixel++)
                inputs[row * InputCount + pixel] = Pixels[pixels[pixel]];
            targets[row * TargetCount + files.Labels[image]] = T.One;
            exampleWeights[row] = T.One;
        }
    }
}
