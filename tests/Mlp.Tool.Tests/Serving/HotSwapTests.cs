using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Mlp.Tool.Output;
using Mlp.Tool.Serving;

namespace Mlp.Tool.Tests.Serving;

/// <summary>The file of a model is replaced while it is served.</summary>
public sealed class HotSwapTests(ServedModels models)
{
    private const int Clients = 4;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    [Fact]
    public async Task Replaced_UnderLoad_NoRequestIsLost_AndEachIsAnsweredByOneModel()
    {
        string path = models.PathOf("swapped.zip");
        File.Copy(models.Flights, path, overwrite: true);
        await using var server = await RunningServer.Start(new ServeSettings { ModelPath = path, WatchInterval = Interval });
        string row = ServedModels.Flight().ToJsonString(), batch = $"[{row},{row}]";
        var answers = new ConcurrentDictionary<string, ConcurrentDictionary<string, int>>();
        using var end = new CancellationTokenSource();
        Task<int>[] clients = [.. Enumerable.Range(0, Clients).Select(_ => Task.Run(() => Ask(server, batch, answers, end.Token)))];

        // Three times another model, with broken files between them.
        for (int swap = 1; swap <= 3; swap++)
        {
            Replace(path, Encoding.UTF8.GetBytes($"not a model {swap}"));
            await Until(() => server.Store.Now.FailureCount >= swap);
            Replace(path, File.ReadAllBytes(swap % 2 == 1 ? models.OtherFlights : models.Flights));
            await Until(() => server.Store.Now.LoadCount > swap);
            // Every model has answered before the next one comes.
            await Until(() => answers.ContainsKey(server.Store.Now.Model.Fingerprint));
        }
        await end.CancelAsync();
        int count = (await Task.WhenAll(clients)).Sum();

        Assert.Equal(2, answers.Count);
        // A model always answers the same.
        Assert.All(answers.Values, texts => Assert.Single(texts));
        Assert.NotEqual(answers.Values.First().Keys.Single(), answers.Values.Last().Keys.Single());
        Assert.Equal(count, answers.Values.Sum(texts => texts.Values.Sum()));
        Assert.Equal(count, server.Server.Metrics.RequestCount);
        Assert.Equal(2L * count, server.Server.Metrics.RowCount);
    }

    [Fact]
    public async Task Replaced_ByABadFile_TheOldModelGoesOn_AndSaysSo()
    {
        string path = models.PathOf("bad.zip");
        File.Copy(models.Flights, path, overwrite: true);
        await using var server = await RunningServer.Start(new ServeSettings { ModelPath = path, WatchInterval = Interval });
        string before = server.Store.Now.Model.Fingerprint;

        Replace(path, File.ReadAllBytes(models.Flights)[..1000]);
        await Until(() => server.Store.Now.FailureCount >= 1);

        (int status, _) = await server.Post("/predict", ServedModels.Flight().ToJsonString());
        Assert.Equal(200, status);
        JsonElement health = await server.Get("/health");
        Assert.Equal(before, health.GetProperty("fingerprint").GetString());
        Assert.Contains("is not a model that can be read", health.GetProperty("lastError").GetString());
        Assert.Contains("the model before goes on", server.Messages);
        string metrics = await server.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Contains("mlp_model_load_failures_total 1", metrics);

        // Without a file it goes on, too, and without a complaint: a file that is being replaced may be absent.
        File.Delete(path);
        await Task.Delay(5 * Interval, TestContext.Current.CancellationToken);
        Assert.Equal(1, server.Store.Now.FailureCount);
        Replace(path, File.ReadAllBytes(models.Prices));
        await Until(() => server.Store.Now.LoadCount >= 2);
        // The next model may take other columns.
        Assert.Equal("price", (await server.Get("/health")).GetProperty("label").GetString());
    }

    [Fact]
    public void Open_WhatIsNoModel_IsRefused()
    {
        string path = models.PathOf("text.zip");
        File.WriteAllText(path, "text");
        var terminal = new Terminal(TextWriter.Null, TextWriter.Null, outputIsTerminal: false, errorIsTerminal: false);
        Assert.Contains(
            "is not a model that can be read",
            Assert.Throws<ToolException>(() => ModelStore.Open(path, label: null, Interval, terminal)).Message);
    }

    /// <summary>Asks again and again; anything but an answer of 200 ends the test.</summary>
    private static async Task<int> Ask(
        RunningServer server, string batch, ConcurrentDictionary<string, ConcurrentDictionary<string, int>> answers, CancellationToken end)
    {
        int count = 0;
        for (; !end.IsCancellationRequested; count++)
        {
            using var content = new StringContent(batch, Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await server.Client.PostAsync("/predict", content, TestContext.Current.CancellationToken);
            string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(response.IsSuccessStatusCode, text);
            answers.GetOrAdd(response.Headers.GetValues("Model-Fingerprint").Single(), _ => [])
                .AddOrUpdate(text, 1, (_, known) => known + 1);
        }
        return count;
    }

    /// <summary>Puts a whole file in the place of another: of one that grows there the server would see two.</summary>
    private void Replace(string path, byte[] content)
    {
        string next = models.PathOf("next.zip");
        File.WriteAllBytes(next, content);
        File.Move(next, path, overwrite: true);
    }

    private static async Task Until(Func<bool> isTrue)
    {
        while (!isTrue())
            await Task.Delay(Interval, TestContext.Current.CancellationToken);
    }
}
