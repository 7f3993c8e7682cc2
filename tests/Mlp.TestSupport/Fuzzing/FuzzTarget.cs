namespace Mlp.TestSupport.Fuzzing;

/// <summary>A kind of file that is not trusted: what intact ones look like, how to damage them, and what reading them must end
/// in.</summary>
public abstract class FuzzTarget
{
    /// <summary>In a few words.</summary>
    public abstract string Name { get; }

    /// <summary>Intact files, as small and as different from each other as they can be.</summary>
    public abstract IReadOnlyList<byte[]> Samples { get; }

    /// <summary>Every damage that is worth trying once, on every sample. Only the files that are tried are made.</summary>
    public virtual IEnumerable<Func<byte[]>> EveryDamage() => Samples.SelectMany(ByteDamage.Every);

    /// <summary>Some damage to a file.</summary>
    /// <param name="file">Of <see cref="Samples"/>, or damaged before; it is left as it is.</param>
    /// <param name="other">A second one, to take parts from.</param>
    /// <param name="random">Decides.</param>
    public virtual byte[] Damage(byte[] file, byte[] other, Random random) => ByteDamage.Some(file, other, random);

    /// <summary>Reads a file; the memory and the time that it takes are measured.</summary>
    public abstract object Read(byte[] file);

    /// <summary>What the memory that reading takes is compared with.</summary>
    public virtual long SizeOf(byte[] file) => file.Length;

    /// <summary>Uses what was read as a program would. What it throws is judged like an exception of <see cref="Read"/>.</summary>
    public abstract void Use(object content);

    /// <summary>What an exception means.</summary>
    public abstract Verdict Judge(Exception exception, byte[] file);
}
