using System.Runtime.InteropServices;
using System.Text;
using Mlp.State;
using Mlp.Training.Checkpoints;

namespace Mlp.Training.Sharding;

/// <summary>What ranks agree on: that they train the same, and when they stop.</summary>
/// <param name="ranks">More than one.</param>
/// <param name="wanted">What asks this rank to stop.</param>
/// <param name="beforeStep">Called before every step of this rank; null for nothing.</param>
internal sealed class RankAgreement(Ranks ranks, CancellationToken wanted, Action? beforeStep) : IDisposable
{
    private const int MostTextBytes = 100_000;

    private readonly CancellationTokenSource _agreed = new();
    private bool _calledOff;

    /// <summary>Whether this rank is to stop; the others learn of it with the losses of the next step.</summary>
    public bool IsWanted => _calledOff || wanted.IsCancellationRequested;

    /// <summary>Cancelled on all ranks after the same step.</summary>
    public CancellationToken Token => _agreed.Token;

    public void Cancel() => _agreed.Cancel();

    public void Dispose() => _agreed.Dispose();

    /// <summary>Calls what the user wants to be called; cancelling there is a wish like others.</summary>
    public void BeforeStep()
    {
        try
        {
            beforeStep?.Invoke();
        }
        catch (OperationCanceledException)
        {
            _calledOff = true;
        }
    }

    /// <summary>Whether any rank says so; and makes sure that all have the same parameters.</summary>
    /// <param name="isSaid">Of this rank.</param>
    /// <param name="checksum">Of the parameters.</param>
    /// <exception cref="InvalidOperationException">The parameters differ.</exception>
    public bool AnySays(bool isSaid, uint checksum)
    {
        long[] all = GatherNumbers((isSaid ? 1L << 32 : 0) | checksum);
        for (int rank = 1; rank < all.Length; rank++)
        {
            if ((uint)all[rank] != (uint)all[0])
            {
                throw new InvalidOperationException(
                    $"The parameters of {ranks.Describe(rank)} are not those of {ranks.Describe(0)} any more: their checksums are "
                        + $"{(uint)all[rank]:x8} and {(uint)all[0]:x8}. A processor or the network between them made an error; start the "
                        + "training again from its last checkpoint, without that machine.");
            }
        }
        return all.Any(value => value >> 32 != 0);
    }

    /// <summary>Makes sure that all ranks train the same.</summary>
    /// <exception cref="InvalidOperationException">One does not; the message names it and what differs.</exception>
    public void Check(TrainingIdentity identity)
    {
        using var stream = new MemoryStream();
        identity.Write(new LittleEndianWriter(stream));
        byte[] first = Broadcast(ranks.Rank == 0 ? stream.ToArray() : []);
        var reader = new LittleEndianReader(new MemoryStream(first), "The identity of rank 0");
        reader.StartBody(first.Length);
        string difference = identity.DifferenceFrom(TrainingIdentity.Read(reader)) ?? "";
        string[] differences = GatherTexts(difference);
        int other = Array.FindIndex(differences, text => text.Length > 0);
        if (other >= 0)
        {
            throw new InvalidOperationException(
                $"{ranks.Describe(0)} and {ranks.Describe(other)} do not train the same. From the first to the second: "
                    + $"{differences[other]} Give every rank the same table, options and program, on "
                    + "processors with the same vector instructions.");
        }
    }

    /// <summary>Gives every rank the bytes of rank 0.</summary>
    private byte[] Broadcast(byte[] bytes)
    {
        int[] lengths = [.. GatherNumbers(bytes.Length).Select(length => (int)length)];
        byte[] all = new byte[lengths.Sum()];
        ranks.Gather(bytes, all, lengths);
        return all;
    }

    private string[] GatherTexts(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        bytes = bytes[..Math.Min(bytes.Length, MostTextBytes)];
        int[] lengths = [.. GatherNumbers(bytes.Length).Select(length => (int)length)];
        byte[] all = new byte[lengths.Sum()];
        ranks.Gather(bytes, all, lengths);
        int next = 0;
        return [.. lengths.Select(length => Encoding.UTF8.GetString(all, (next += length) - length, length))];
    }

    private long[] GatherNumbers(long number)
    {
        var all = new long[ranks.Count];
        ranks.Gather(
            MemoryMarshal.AsBytes(new Span<long>(ref number)), MemoryMarshal.AsBytes(all.AsSpan()),
            [.. Enumerable.Repeat(sizeof(long), ranks.Count)]);
        return all;
    }

    /// <summary>Gives every rank the state of rank 0, where that has gone on from a checkpoint.</summary>
    /// <param name="state">Of the training; that of other ranks is replaced.</param>
    /// <param name="isResumed">Of rank 0.</param>
    public void ShareState(ICheckpointed state, bool isResumed)
    {
        if (GatherNumbers(isResumed ? 1 : 0)[0] == 0)
            return;
        long length = 0;
        if (ranks.Rank == 0)
        {
            var counting = new LittleEndianWriter(Stream.Null);
            state.Exchange(new StateWriter(counting));
            length = counting.Length;
        }
        length = GatherNumbers(length)[0];
        using var stream = new RankStream(ranks, length);
        if (ranks.Rank == 0)
        {
            state.Exchange(new StateWriter(new LittleEndianWriter(stream)));
            return;
        }
        var reader = new LittleEndianReader(stream, "The state of rank 0");
        reader.StartBody(length);
        state.Exchange(new StateReader(reader));
    }
}
