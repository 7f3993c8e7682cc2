using System.Text;
using Mlp.TestSupport.Fuzzing;

namespace Mlp.Soak.Files;

/// <summary>Damage to model zips that keeps what is around it intact, so that it gets as far as it can.</summary>
internal static class ZipDamage
{
    private static readonly byte[][] Names =
    [
        .. new[]
        {
            "", "/", "..", "../Model.key", "..\\Model.key", "../../../../tmp/soak", "/etc/passwd", "C:\\Windows\\System32\\x",
                "\\\\server\\share\\x",
            "TransformerChain/../TransformerChain/Model.key", "TransformerChain/./Model.key", "TransformerChain//Model.key",
            "TransformerChain\\Model.key", "transformerchain/model.key", "TransformerChain/", "TransformerChain/Transform_000/",
            "TransformerChain/Model.key\0.txt", "\0", "CON", "TransformerChain/Model.key:stream", "TrainingInfo/Version.txt", "Schema",
                "InputSchema",
            "\u202Eyek.ledoM", "e\u0301", new string('a', 300), new string('/', 60_000), new string('x', 65_535),
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFE, 0x80], [0xC0, 0xAF, 0xED, 0xA0, 0x80],
    ];

    private static readonly uint[] Sizes = [0, 1, 100, 1 << 20, 1 << 24, int.MaxValue, 0x80000000, uint.MaxValue - 1, uint.MaxValue];

    /// <summary>Every change of every byte of every entry, in a zip without fault.</summary>
    public static IEnumerable<Func<byte[]>> Every(ZipItem[] items)
    {
        for (int position = 0; position < items.Length; position++)
        {
            int index = position;
            ZipItem item = items[index];
            foreach (Func<byte[]> change in IsNetwork(item)
                ? ModelFileTarget<float>.EveryDamageTo(item.Content) : ByteDamage.Every(item.Content))
                yield return () => With(items, index, new ZipItem(item.Name, change()));
            yield return () => With(items, index);
            yield return () => With(items, index, item, item);
            foreach (byte[] name in Names)
                yield return () => With(items, index, item.Named(name));
        }
    }

    /// <summary>One or more changes to entries, and sometimes one to what the end of the zip says of them.</summary>
    /// <param name="items">The entries of an intact zip.</param>
    /// <param name="others">Those of another one, to take parts from.</param>
    /// <param name="random">Decides.</param>
    public static byte[] Some(ZipItem[] items, ZipItem[] others, Random random)
    {
        List<ZipItem> damaged = [.. items];
        do
            Change(damaged, others, random);
        while (damaged.Count > 0 && random.Next(4) == 0);
        byte[] zip = ZipBytes.Write(damaged);
        if (random.Next(16) > 0)
            return zip;
        int size = random.Next(2) == 0 ? 2 : 4, position = zip.Length - random.Next(size, ZipBytes.EndSize + 1);
        return ByteDamage.WithNumber(zip, position, size, Sizes[random.Next(Sizes.Length)]);
    }

    /// <summary>A zip with others in the place of one entry.</summary>
    private static byte[] With(ZipItem[] items, int index, params ZipItem[] others) =>
        ZipBytes.Write([.. items[..index], .. others, .. items[(index + 1)..]]);

    private static void Change(List<ZipItem> items, ZipItem[] others, Random random)
    {
        int index = random.Next(items.Count);
        ZipItem item = items[index], other = others[random.Next(others.Length)];
        // A bomb costs as much time as hundreds of other inputs.
        switch (random.Next(400) == 0 ? -1 : random.Next(20))
        {
            case -1:
                items[index] = ZipBombs.Instead(item, random);
                break;
            case 0:
                items.RemoveAt(index);
                break;
            case 1:
                items.Insert(random.Next(items.Count + 1), random.Next(2) == 0 ? item : other);
                break;
            case 2:
                items[index] = item.Named(
                    random.Next(2) == 0 ? Names[random.Next(Names.Length)] : ByteDamage.Some(item.Name, other.Name, random));
                break;
            case 3:
                int second = random.Next(items.Count);
                (items[index], items[second]) = (items[second].Named(item.Name), item.Named(items[second].Name));
                break;
            case 4:
                items[index] = other.Named(item.Name);
                break;
            case 5:
                items[index] = item.Claiming(checksum: (uint)random.Next());
                break;
            case 6:
                items[index] = item.Claiming(
                    size: random.Next(2) == 0 ? Sizes[random.Next(Sizes.Length)] : item.ClaimedSize + (uint)random.Next(-2, 3));
                break;
            case 7:
                items[index] = item.Claiming(
                    packedSize: random.Next(2) == 0 ? Sizes[random.Next(Sizes.Length)] : item.ClaimedPackedSize + (uint)random.Next(-2, 3));
                break;
            case 8:
                items[index] = item.Claiming(method: (ushort)random.Next(20), flags: (ushort)(random.Next(2) << random.Next(16)));
                break;
            case 9:
                items[index] = item.WithPacked(ByteDamage.Some(item.Packed, other.Packed, random));
                break;
            case 10 when random.Next(20) == 0:
                items.AddRange(Enumerable.Repeat(item, random.Next(5_000)));
                break;
            default:
                items[index] = new ZipItem(item.Name, IsNetwork(item) && IsNetwork(other)
                    ? ModelFileTarget<float>.DamageFile(item.Content, other.Content, random)
                    : ByteDamage.Some(item.Content, other.Content, random));
                break;
        }
    }

    private static bool IsNetwork(ZipItem item) => item.Name.AsSpan().EndsWith("Network"u8);
}
