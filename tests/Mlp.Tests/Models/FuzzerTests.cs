using Mlp.TestSupport;
using Mlp.TestSupport.Fuzzing;

namespace Mlp.Tests.Models;

/// <summary>A fuzzer that finds nothing proves something only if it finds what is there.</summary>
public class FuzzerTests
{
    private static readonly byte[] Sample = [1, 2, 3, 4];

    [Fact]
    public void OtherException_IsFound() => Assert.Contains(
        "IndexOutOfRangeException", Run(file => file.Length < 3 ? throw new IndexOutOfRangeException() : file).Failures.First().Reason);

    [Fact]
    public void ExceptionInUse_IsFound() =>
        Assert.Contains(
            "IndexOutOfRangeException", Run(file => file, use: _ => throw new IndexOutOfRangeException()).Failures.First().Reason);

    [Fact]
    public void TooMuchMemory_IsFound() => Assert.StartsWith(
        "Reading allocated 20,",
        Run(file => file.Length == 0 ? new byte[20_000_000] : throw new FormatException("x")).Failures.First().Reason);

    [Fact]
    public void TooMuchTime_IsFound() => Assert.StartsWith(
        "Reading took 0.", Run(Slow, maxInputCount: 1, secondsOfFile: 0.01).Failures.First().Reason);

    [Fact]
    public void TimeSpentWaiting_IsNotCounted() => Assert.Empty(Run(
        file =>
        {
            Thread.Sleep(110);
            return file;
        },
        maxInputCount: 1, secondsOfFile: 0.1).Failures);

    [Fact]
    public void TimeThatIsOverAtOnce_LeavesOneFile() =>
        Assert.NotEqual(0, new Fuzzer(new Target(file => file, use: null), seed: 1).Run(new FuzzLimits(TimeSpan.Zero)).InputCount);

    [Fact]
    public void SameSeed_TriesTheSameFiles()
    {
        Assert.Equal(Tried(seed: 1), Tried(seed: 1));
        Assert.NotEqual(Tried(seed: 1), Tried(seed: 2));

        static string Tried(int seed)
        {
            var files = new List<string>();
            Run(
                file =>
                {
                    files.Add(Convert.ToHexString(file));
                    throw new FormatException("x");
                },
                seed: seed);
            return string.Join(' ', files);
        }
    }

    [Fact]
    public void Refusals_AreCounted()
    {
        FuzzReport report = Run(file => file.Length == 4 ? file : throw new FormatException($"{file.Length} bytes in 'x'"));
        Assert.Empty(report.Failures);
        Assert.Equal(500, report.InputCount);
        Assert.Equal(500, report.AcceptedCount + report.RefusedCount);
        Assert.Equal(0, report.ForeignCount);
        Assert.InRange(report.RefusedCount, 100, 400);
    }

    private static object Slow(byte[] file)
    {
        TimeSpan end = ThreadTime.Current + TimeSpan.FromMilliseconds(20);
        while (ThreadTime.Current < end)
            Thread.SpinWait(1_000);
        return file;
    }

    private static FuzzReport Run(Func<byte[], object> read, Action<object>? use = null, int maxInputCount = 500, int seed = 1,
        double secondsOfFile = 1) =>
        new Fuzzer(new Target(read, use), seed).Run(
            new FuzzLimits(MaxInputCount: maxInputCount, SystematicStride: 2, SecondsOfFile: secondsOfFile));

    private sealed class Target(Func<byte[], object> read, Action<object>? use) : FuzzTarget
    {
        public override string Name => "bytes";

        public override IReadOnlyList<byte[]> Samples { get; } = [Sample];

        public override object Read(byte[] file) => ReferenceEquals(file, Sample) ? file : read(file);

        public override void Use(object content)
        {
            if (!ReferenceEquals(content, Sample))
                use?.Invoke(content);
        }

        public override Verdict Judge(Exception exception, byte[] file) => exception is FormatException ? Verdict.Refusal : Verdict.Broken;
    }
}
