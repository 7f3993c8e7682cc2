namespace Mlp.TestSupport.Fuzzing;

/// <summary>One thread of a <see cref="Fuzzer"/>, with random numbers and found files of its own.</summary>
internal sealed class FuzzWorker(FuzzTarget target, FuzzReport report, int seed, int index)
{
    // The promise: no more than four times the file and 16 MB.
    private const int MaxGrowth = 4, MaxHeadStart = 16 << 20;

    // On a busy machine a thread also spins while the collector waits for others: a file is slow that is slow every time.
    private const int MaxAttempts = 10;
    private const int MaxFoundCount = 1_000, MaxFoundLength = 1 << 16;

    private readonly Random _random = new(HashCode.Combine(seed, index));
    private readonly List<byte[]> _found = [.. target.Samples];
    private readonly HashSet<string> _shapes = [];
    private long _start = Environment.CpuUsage.TotalTime.Ticks;

    /// <summary>The file being read.</summary>
    public byte[] Current { get; private set; } = [];

    /// <summary>What the whole process has taken of the processors since its reading began.</summary>
    public TimeSpan Silence => Environment.CpuUsage.TotalTime - TimeSpan.FromTicks(Volatile.Read(ref _start));

    /// <summary>Listed and drawn damage in turn, and drawn alone when the list is done.</summary>
    public void Run(FuzzLimits limits, Func<bool> isOver)
    {
        using IEnumerator<Func<byte[]>> listed = target.EveryDamage()
            .Where((_, position) => position % limits.SystematicStride == 0
                && position / limits.SystematicStride % limits.ThreadCount == index)
            .GetEnumerator();
        bool hasListed = true;
        while (!isOver())
        {
            hasListed = hasListed && listed.MoveNext();
            if (hasListed)
                Try(listed.Current(), limits.SecondsOfFile);
            // The found ones are many; the samples must not drown in them.
            byte[] file = Draw(_random.Next(3) == 0 ? _found.Count : target.Samples.Count);
            Try(target.Damage(file, Draw(_found.Count), _random), limits.SecondsOfFile);
        }
    }

    private byte[] Draw(int count) => _found[_random.Next(count)];

    private void Try(byte[] file, double maxSeconds)
    {
        Current = file;
        report.Count();
        (long bytes, TimeSpan time, object? content, Exception? exception) = Read(file);
        for (int attempt = 1; attempt < MaxAttempts && time.TotalSeconds > maxSeconds; attempt++)
            time = Read(file).Time;
        if (time.TotalSeconds > maxSeconds)
            Fail(file, $"Reading took {time.TotalSeconds:F2} seconds, and no less in {MaxAttempts - 1} readings before.");
        bool isForeign = exception is not null && target.Judge(exception, file) == Verdict.Foreign;
        if (bytes > Allowed(file.Length) && !isForeign && bytes > Allowed(target.SizeOf(file)))
            Fail(file,
                $"Reading allocated {bytes:N0} bytes for a file of {file.Length:N0}; {Allowed(target.SizeOf(file)):N0} are allowed.");
        if (exception is null)
            exception = Use(content!);
        if (exception is null)
        {
            report.CountAccepted();
            return;
        }
        Verdict verdict = target.Judge(exception, file);
        string shape = MessageShape.Of(exception);
        report.Count(verdict, $"{verdict}: {shape}");
        if (verdict == Verdict.Broken)
            Fail(file, exception.ToString());
        if (_shapes.Add(shape) && _found.Count < MaxFoundCount && file.Length <= MaxFoundLength)
            _found.Add(file);
    }

    private (long Bytes, TimeSpan Time, object? Content, Exception? Exception) Read(byte[] file)
    {
        Volatile.Write(ref _start, Environment.CpuUsage.TotalTime.Ticks);
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan start = ThreadTime.Current;
        (object? content, Exception? exception) = (null, null);
        try
        {
            content = target.Read(file);
        }
        catch (Exception thrown)
        {
            // Every one is judged.
            exception = thrown;
        }
        return (GC.GetAllocatedBytesForCurrentThread() - bytes, ThreadTime.Current - start, content, exception);
    }

    private Exception? Use(object content)
    {
        try
        {
            target.Use(content);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private static long Allowed(long size) => MaxGrowth * size + MaxHeadStart;

    private void Fail(byte[] file, string reason) => report.Failures.Enqueue(new FuzzFailure(reason, file));
}
