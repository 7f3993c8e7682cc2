using System.Net;
using Microsoft.AspNetCore.Http;
using Mlp.Tool.Web;

namespace Mlp.Tool.Tests.Web;

public class LocalServerTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Dispose_ARequestThatNeverEnds_IsCutOff_WhenTimeIsOver()
    {
        var begun = new TaskCompletionSource();
        var server = await LocalServer.Start(new LocalServerSettings { TimeToStop = Short }, async context =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        });
        using var client = new HttpClient { BaseAddress = server.Address };
        Task<HttpResponseMessage> request = client.GetAsync("/", TestContext.Current.CancellationToken);
        await begun.Task;

        await server.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => request);
    }

    [Fact]
    public async Task Dispose_ARequestUnderWay_IsAnswered()
    {
        var begun = new TaskCompletionSource();
        var mayEnd = new TaskCompletionSource();
        var server = await LocalServer.Start(new LocalServerSettings { TimeToStop = TimeSpan.FromMinutes(5) }, async context =>
        {
            begun.SetResult();
            await mayEnd.Task;
            await context.Response.WriteAsync("answered");
        });
        using var client = new HttpClient { BaseAddress = server.Address };
        Task<string> request = client.GetStringAsync("/", TestContext.Current.CancellationToken);
        await begun.Task;
        Task stop = server.DisposeAsync().AsTask();
        // It stops listening first: from then on the end of the request is all it waits for.
        mayEnd.SetResult();
        Assert.Equal("answered", await request);
        await stop;
    }

    [Fact]
    public async Task Answer_AtAnAddressOfTheNetwork_TakesEveryName()
    {
        await using var server = await LocalServer.Start(
            new LocalServerSettings { Address = IPAddress.Any }, context => context.Response.WriteAsync("here"));
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{server.Address.Port}/");
        request.Headers.Host = "models.example";
        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
