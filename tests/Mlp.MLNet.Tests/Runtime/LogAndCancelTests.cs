using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Mlp.MLNet.Tests.Runtime;

public class LogAndCancelTests
{
    [Fact]
    public void Messages_ArriveWithKindAndSource()
    {
        var ml = new MLContext(seed: 1);
        var messages = new List<LoggingEventArgs>();
        ml.Log += (sender, message) =>
        {
            Assert.Same(ml, sender);
            messages.Add(message);
        };
        IHost host = ((IHostEnvironment)ml).Register("Trainer");
        using (IChannel channel = host.Start("Training"))
        {
            channel.Info(MessageSensitivity.None, "loss {0}", 0.5);
            channel.Warning(MessageSensitivity.None, "careful");
            channel.Error(MessageSensitivity.None, "bad {braces}");
        }

        Assert.Equal(
            [
                (ChannelMessageKind.Trace, "Channel started"), (ChannelMessageKind.Info, "loss 0.5"),
                (ChannelMessageKind.Warning, "careful"), (ChannelMessageKind.Error, "bad {braces}"),
            ],
            messages.Take(4).Select(message => (message.Kind, message.RawMessage)));
        Assert.StartsWith("Channel finished. Elapsed 00:00:0", messages[4].RawMessage);
        Assert.Equal("Channel disposed", messages[5].RawMessage);
        Assert.All(messages, message => Assert.Equal("Trainer; Training", message.Source));
        Assert.Equal("[Source=Trainer; Training, Kind=Info] loss 0.5", messages[1].Message);
    }

    [Fact]
    public void Sources_TakeOverTheNameOfTheGrandparent()
    {
        var ml = new MLContext(seed: 1);
        var sources = new List<string>();
        ml.Log += (_, message) => sources.Add(message.Source);
        IHost first = ((IHostEnvironment)ml).Register("A");
        IHost second = first.Register("B");
        IHost third = second.Register("C");
        ((IHostEnvironment)ml).Start("x");
        first.Start("x");
        second.Start("x");
        third.Start("x");
        Assert.Equal(["x", "A; x", "B; x", "A; C; x"], sources);
    }

    [Fact]
    public void SeededContexts_DrawTheSameNumbers()
    {
        IHost host = ((IHostEnvironment)new MLContext(seed: 42)).Register("Host");
        Assert.Equal("0.607163262553513 84 111088861 -2", $"{host.Rand.NextDouble():R} {host.Rand.Next(1000)} {host.Rand.Next()} {host.Rand.Next(-5, 5)}");
        Assert.Equal("0.8137775941286236", $"{host.Register("Child", seed: 1).Rand.NextDouble():R}");
        byte[] bytes = new byte[4];
        host.Rand.NextBytes(bytes);
        Assert.Equal("80B72905", Convert.ToHexString(bytes));
        Assert.Equal("0.5970479708630592", $"{host.Register("Child").Rand.NextDouble():R}");
    }

    [Fact]
    public void CancelExecution_ReachesEveryHostNowAndLater()
    {
        var ml = new MLContext(seed: 1);
        IHost host = ((IHostEnvironment)ml).Register("A");
        IHost child = host.Register("B");
        Assert.False(IsCanceled(host) || IsCanceled(child));

        // Not public; ML.NET's own tools reach it from inside, and so does a trainer.
        typeof(MLContext).GetMethod("CancelExecution", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(ml, null);
        Assert.True(IsCanceled(host) && IsCanceled(child));
        Assert.True(IsCanceled(child.Register("C")));
        Assert.True(IsCanceled(((IHostEnvironment)ml).Register("D")));
    }

    private static bool IsCanceled(IHost host) => (bool)host.GetType().GetProperty("IsCanceled")!.GetValue(host)!;
}
