using System.Net.Sockets;
using Mlp.Mpi.Watching;

namespace Mlp.Mpi.Tests.Watching;

/// <summary>Ranks in one process, with connections as between machines.</summary>
public class RankWatchTests
{
    // None takes a hundredth of it, however busy the machine is.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Fact]
    public void Failure_ReachesAll()
    {
        RankWatch[] watches = Connect(4, out List<string>[] reports);
        watches[2].Fail("The cable was cut.");
        foreach (RankWatch watch in watches)
        {
            Assert.True(watch.HasFailedWithin(TimeSpan.FromMinutes(1)));
            watch.WaitUntilKnown();
            Assert.Equal(2, watch.Failure!.Rank);
        }
        Assert.All(reports, lines => Assert.EndsWith(") failed: The cable was cut.", Assert.Single(lines), StringComparison.Ordinal));
        Assert.False(watches[1].Finish());
        Array.ForEach(watches, watch => watch.Dispose());
    }

    /// <summary>What the system does to the connections of a killed process.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void End_IsNoticedByAll(int rank)
    {
        RankWatch[] watches = Connect(4, out List<string>[] reports);
        watches[rank].Dispose();
        for (int other = 0; other < watches.Length; other++)
        {
            if (other == rank)
                continue;
            Assert.True(watches[other].HasFailedWithin(TimeSpan.FromMinutes(1)));
            watches[other].WaitUntilKnown();
            Assert.Contains(") has ended: it was killed, ", Assert.Single(reports[other]), StringComparison.Ordinal);
            Assert.StartsWith($"rank {rank} (host ", reports[other][0], StringComparison.Ordinal);
        }
        Array.ForEach(watches, watch => watch.Dispose());
    }

    [Fact]
    public async Task Finish_WaitsForAll()
    {
        RankWatch[] watches = Connect(3, out _);
        Task<bool>[] finished = [.. watches[1..].Select(watch => Task.Run(watch.Finish))];
        Assert.DoesNotContain(finished, task => task.IsCompleted);
        Assert.True(watches[0].Finish());
        Assert.All(await Task.WhenAll(finished), Assert.True);
        Array.ForEach(watches, watch => watch.Dispose());
    }

    /// <summary>Somebody who knows the port but not the token is no rank.</summary>
    [Fact]
    public async Task Strangers_AreSentAway()
    {
        (Socket? listener, RankPlace first) = RankWatch.Prepare(0);
        RankPlace[] places = [first, RankWatch.Prepare(1).Place];
        Task<RankWatch> started = Task.Run(
            () => RankWatch.Start(listener, places, 0, _ => { }, Limit), TestContext.Current.CancellationToken);
        using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await stranger.ConnectAsync(System.Net.IPAddress.Loopback, first.Port, TestContext.Current.CancellationToken);
        await stranger.SendAsync(new byte[20], TestContext.Current.CancellationToken);
        Assert.Equal(0, await stranger.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken));
        using var other = RankWatch.Start(null, places, 1, _ => { }, Limit);
        using RankWatch watch = await started;
        Assert.Null(watch.Failure);
    }

    /// <summary>Ranks that wait for one that has died do not wait for ever.</summary>
    [Fact]
    public void ARankThatNeverConnects_IsNamed()
    {
        (Socket? listener, RankPlace first) = RankWatch.Prepare(0);
        var exception = Assert.Throws<MpiException>(
            () => RankWatch.Start(listener, [first, RankWatch.Prepare(1).Place], 0, _ => { }, TimeSpan.FromSeconds(1)));
        Assert.StartsWith("Within 1 seconds there was no connection from rank 1 (host ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("MLP_CONNECT_SECONDS", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheLimit_IsANumberOfSeconds()
    {
        Assert.Equal(TimeSpan.FromSeconds(20), RankWatch.ReadLimit(null));
        Assert.Equal(TimeSpan.FromSeconds(90), RankWatch.ReadLimit("90"));
        Assert.StartsWith(
            "MLP_CONNECT_SECONDS is 'soon';", Assert.Throws<MpiException>(() => RankWatch.ReadLimit("soon")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Place_SurvivesItsText()
    {
        RankPlace place = RankWatch.Prepare(0).Place, read = RankPlace.Parse(place.ToString());
        Assert.Equal(place.ToString(), read.ToString());
        Assert.NotEmpty(read.Addresses);
        Assert.Throws<MpiException>(() => RankPlace.Parse("host\nmany"));
    }

    private static RankWatch[] Connect(int count, out List<string>[] reports)
    {
        (Socket? Listener, RankPlace Place)[] prepared = [.. Enumerable.Range(0, count).Select(RankWatch.Prepare)];
        RankPlace[] places = [.. prepared.Select(each => each.Place)];
        List<string>[] lines = reports = [.. prepared.Select(_ => new List<string>())];
        return [.. Task.WhenAll(prepared.Select((each, rank) => Task.Run(
            () => RankWatch.Start(each.Listener, places, rank, failure => lines[rank].Add(failure.Message), Limit))))
            .GetAwaiter().GetResult()];
    }
}
