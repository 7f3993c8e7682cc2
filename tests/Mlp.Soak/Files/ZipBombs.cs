
namespace Mlp.Soak.Files;

/// <summary>Contents that are next to nothing packed and much unpacked. Packing them takes long, so they are made once.</summary>
internal static class ZipBombs
{
    private const int Megabyte = 1 << 20;

    private static readonly Lazy<ZipItem[]> Cached = new(() =>
    [
        Zeros(2 * Megabyte), Zeros(20 * Megabyte), Network(2 * Megabyte), Network(20 * Megabyte),
    ]);

    /// <summary>An entry under a name of the given one that unpacks to megabytes.</summary>
    public static ZipItem Instead(ZipItem item, Random random)
    {
        ZipItem bomb = Cached.Value[random.Next(Cached.Value.Length)].Named(item.Name);
        // It may also say that it is small.
        return random.Next(3) == 0 ? bomb.Claiming(size: item.ClaimedSize) : bomb;
    }

    /// <summary>Of nothing but zeros.</summary>
    private static ZipItem Zeros(int size) => new ZipItem([], new byte[size]).WithoutContent();

    /// <summary>A model file without fault: one unit with so many inputs that all its weights, which are zero, take that many
    /// bytes.</summary>
    private static ZipItem Network(int size)
    {
        using var stream = new MemoryStream();
        ModelFile.Write(stream, new Model<float>(Network<float>.Create(
            size / sizeof(float), [Layer.Dense(1) with { WeightInitializer = Initializer.Zero }])));
        return new ZipItem([], stream.ToArray()).WithoutContent();
    }
}
