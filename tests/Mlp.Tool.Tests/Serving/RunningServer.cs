using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Mlp.Tool.Output;
using Mlp.Tool.Serving;
using Mlp.Tool.Web;

namespace Mlp.Tool.Tests.Serving;

/// <summary>A server on a free port of this machine, and a client.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly LocalServer _local;
    private readonly StringWriter _messages;
    private readonly TextWriter _written;

    private RunningServer(ModelStore store, PredictionServer server, LocalServer local, StringWriter messages, TextWriter written)
    {
        (Store, Server, _local, _messages, _written) = (store, server, local, messages, written);
        Client = new HttpClient { BaseAddress = local.Address };
    }

    public HttpClient Client { get; }

    public ModelStore Store { get; }

    public PredictionServer Server { get; }

    /// <summary>What was said on standard error.</summary>
    public string Messages
    {
        get
        {
            lock (_written)
                return _messages.ToString();
        }
    }

    public static async Task<RunningServer> Start(ServeSettings settings, LocalServerSettings? local = null)
    {
        // Written to by the thread that watches the file.
        var messages = new StringWriter();
        var written = TextWriter.Synchronized(messages);
        var terminal = new Terminal(TextWriter.Null, written, outputIsTerminal: false, errorIsTerminal: false);
        var store = ModelStore.Open(settings.ModelPath, settings.Label, settings.WatchInterval, terminal);
        var server = new PredictionServer(store, settings, terminal);
        var listening = await LocalServer.Start(local ?? new LocalServerSettings(), server.Answer);
        return new RunningServer(store, server, listening, messages, written);
    }

    public async Task<(int Status, JsonElement Body)> Post(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await Client.PostAsync(path, content, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await Read(response));
    }

    public async Task<JsonElement> Get(string path)
    {
        using HttpResponseMessage response = await Client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
        return await Read(response);
    }

    /// <summary>A request that must be refused, as a problem of RFC 9457.</summary>
    public async Task<JsonElement> Refused(int status, HttpRequestMessage request)
    {
        using HttpResponseMessage response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(MediaTypeHeaderValue.Parse("application/problem+json"), response.Content.Headers.ContentType);
        JsonElement problem = await Read(response);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        return problem;
    }

    public Task<JsonElement> Refused(int status, string path, string json) => Refused(
        status, new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") });

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _local.DisposeAsync();
        await Store.DisposeAsync();
    }

    private static async Task<JsonElement> Read(HttpResponseMessage response) => JsonDocument.Parse(
        await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).RootElement;
}
