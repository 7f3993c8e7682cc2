using System.Numerics;

namespace Mlp.TestSupport.Fuzzing;

/// <summary>The engine's reader of safetensors files.</summary>
/// <param name="canSeek">Whether the reader can know beforehand how long the file is.</param>
/// <typeparam name="T">The precision it is read in.</typeparam>
public sealed class SafeTensorsTarget<T>(bool canSeek) : FuzzTarget
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => $"safetensors file, {typeof(T).Name}, {(canSeek ? "seekable" : "not seekable")}";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Samples { get; } =
    [
        SafeTensorsBytes.File("""{"0.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}""", dataLength: 4),
        SafeTensorsBytes.File(
            """{"__metadata__":{"format":"pt"},"0.bias":{"dtype":"F16","shape":[2],"data_offsets":[12,16]},"0.weight":{"dtype":"BF16","shape":[2,3],"data_offsets":[0,12]},"2.weight":{"dtype":"F64","shape":[1,2],"data_offsets":[16,32]}}""",
            dataLength: 32),
        Written(Network<T>.Create(2, [Layer.Dense(3, Activation.Relu), Layer.Dense(1)], seed: 1)),
    ];

    /// <summary>Every damage to the file, and every damage to its header with the length repaired.</summary>
    public override IEnumerable<Func<byte[]>> EveryDamage() => Samples.SelectMany(file => ByteDamage.Every(file).Concat(
        ByteDamage.Every(SafeTensorsBytes.Header(file))
        .Select(header => (Func<byte[]>)(() => SafeTensorsBytes.WithHeader(file, header())))));

    /// <summary>Some damage, mostly to the header: its bytes with the length repaired, or one of its words.</summary>
    public override byte[] Damage(byte[] file, byte[] other, Random random)
    {
        if (file.Length < SafeTensorsBytes.PrefixLength || random.Next(4) == 0)
            return ByteDamage.Some(file, other, random);
        byte[] header = SafeTensorsBytes.Header(file);
        return SafeTensorsBytes.WithHeader(
            file,
            random.Next(3) == 0 ? ByteDamage.Some(header, SafeTensorsBytes.Header(other), random)
            : SafeTensorsBytes.WithOtherWord(header, random));
    }

    /// <inheritdoc/>
    public override object Read(byte[] file) => SafeTensorsFile.Read<T>(
        canSeek ? new MemoryStream(file) : new DripStream(file, bytesAtATime: 100), Activation.Relu);

    /// <summary>Predicts, and writes the network again.</summary>
    public override void Use(object content)
    {
        var network = (Network<T>)content;
        network.Predict(new T[network.InputCount], new T[network.OutputCount]);
        SafeTensorsFile.Write(Stream.Null, new Model<T>(network));
    }

    /// <summary>A position within the file and a message that says more than the type does.</summary>
    public override Verdict Judge(Exception exception, byte[] file) =>
        exception is SafeTensorsException damage && damage.Position >= 0 && damage.Position <= file.Length
        && damage.Message.StartsWith("Safetensors file ", StringComparison.Ordinal) && damage.Message.Length < 1_000
            ? Verdict.Refusal : Verdict.Broken;

    private static byte[] Written(Network<T> network)
    {
        using var stream = new MemoryStream();
        SafeTensorsFile.Write(stream, new Model<T>(network));
        return stream.ToArray();
    }
}
