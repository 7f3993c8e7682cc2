using System.Collections.Concurrent;
using Mlp.Numerics;
using Mlp.Optimizers;
using Mlp.TestSupport;

namespace Mlp.Tests.Numerics;

public class ThreadTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Run_DoesEveryPartOnce(int threadCount)
    {
        using var team = new ThreadTeam(threadCount);
        for (int round = 0; round < 50; round++)
        {
            var work = new Recorder();
            team.Run(work);
            Assert.Equal(Enumerable.Range(0, threadCount), work.Parts.Keys.Order());
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(3, 2)]
    public void Run_RethrowsWhatAPartThrew_AndTheTeamStaysUsable(int threadCount, int failingPart)
    {
        using var team = new ThreadTeam(threadCount);
        for (int round = 0; round < 3; round++)
        {
            var exception = Assert.Throws<InvalidOperationException>(() => team.Run(new Recorder { FailingPart = failingPart }));
            Assert.Equal($"part {failingPart}", exception.Message);

            var work = new Recorder();
            team.Run(work);
            Assert.Equal(threadCount, work.Parts.Count);
        }
    }

    [Fact]
    public void Dispose_EndsTheThreads_AndMayBeRepeated()
    {
        var work = new Recorder();
        var team = new ThreadTeam(4);
        team.Run(work);

        team.Dispose();
        team.Dispose();

        foreach (Thread thread in work.Parts.Values.Where(thread => thread != Thread.CurrentThread))
            thread.Join();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1023)]
    [InlineData(5000)]
    public unsafe void Run_OnARange_CoversItOnce(int count)
    {
        using var team = new ThreadTeam(3);
        var visits = new int[count + 1];
        fixed (int* pointer = visits)
            team.Run(&Visit, pointer, count);
        Assert.Equal([.. Enumerable.Repeat(1, count), 0], visits);

        static void Visit(void* visits, int start, int end)
        {
            for (int index = start; index < end; index++)
                Interlocked.Increment(ref ((int*)visits)[index]);
        }
    }

    [Fact]
    public void Run_OfASharedTraversal_HasTheBitsOfOneThread()
    {
        const int Count = 100_003;
        float[] parameters = GemmChecks.Random<float>(Count, seed: 1), gradients = GemmChecks.Random<float>(Count, seed: 2),
            expected = [.. parameters];
        using var team = new ThreadTeam(3);
        OptimizerState<float> alone = new Adam().CreateState<float>(Count), shared = new Adam().CreateState<float>(Count);
        shared.Team = team;
        for (int step = 1; step <= 3; step++)
        {
            alone.Step(expected, gradients, new StepRates(0.01), step);
            shared.Step(parameters, gradients, new StepRates(0.01), step);
        }
        Tolerance.AssertSameBits<float>("parameters", parameters, expected);
    }

    [Fact]
    public void Run_DoesNotAllocate()
    {
        using var team = new ThreadTeam(2);
        var work = new Nothing();
        team.Run(work);
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int round = 0; round < 100; round++)
                team.Run(work);
        }));
    }

    [Fact]
    public void ThreadCount_BelowOne_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>("threadCount", () => new ThreadTeam(0));

    private sealed class Nothing : IParallelWork
    {
        public void Execute(int part, int partCount)
        {
        }
    }

    private sealed class Recorder : IParallelWork
    {
        public ConcurrentDictionary<int, Thread> Parts { get; } = [];

        public int FailingPart { get; init; } = -1;

        public void Execute(int part, int partCount)
        {
            Assert.True(Parts.TryAdd(part, Thread.CurrentThread));
            if (part == FailingPart)
                throw new InvalidOperationException($"part {part}");
        }
    }
}
