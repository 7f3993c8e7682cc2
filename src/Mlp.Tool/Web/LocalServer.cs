using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mlp.Tool.Output;

namespace Mlp.Tool.Web;

/// <summary>A web server in this process: Kestrel, without the files, the environment variables and the logs by which ASP.NET Core would
/// let itself be configured.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    // What comes beyond them is closed at once.
    private const int MostConnections = 1000;

    private readonly WebApplication _application;
    private readonly TimeSpan _timeToStop;

    private LocalServer(WebApplication application, TimeSpan timeToStop, Uri address) =>
        (_application, _timeToStop, Address) = (application, timeToStop, address);

    /// <summary>With the port that it listens on.</summary>
    public Uri Address { get; }

    /// <summary>Begins to listen.</summary>
    /// <param name="settings">Where.</param>
    /// <param name="handle">Answers every request; what it throws ends the connection.</param>
    /// <exception cref="ToolException">It cannot listen there.</exception>
    public static async Task<LocalServer> Start(LocalServerSettings settings, RequestDelegate handle)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.MostBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Listen(settings.Address, settings.Port);
        });
        // Signals are the command's: it stops the server.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.TimeToStop);
        WebApplication application = builder.Build();
        application.Run(context => Answer(context, settings.Address, handle));
        try
        {
            await application.StartAsync();
        }
        catch (Exception exception) when (exception is IOException or AddressInUseException or SocketException)
        {
            await application.DisposeAsync();
            throw new ToolException(
                ExitCode.Failed,
                $"Cannot listen on {settings.Address} port {settings.Port}: {exception.Message.TrimEnd('.')}. Give another --port, 0 for "
                    + "any free one, or an address of this machine.", exception);
        }
        string found = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new LocalServer(application, settings.TimeToStop, new Uri(found));
    }

    /// <summary>Takes no more connections, and waits until the requests under way are answered, or time is over.</summary>
    public async ValueTask DisposeAsync()
    {
        using var time = new CancellationTokenSource(_timeToStop);
        await _application.StopAsync(time.Token);
        await _application.DisposeAsync();
    }

    private static Task Answer(HttpContext context, IPAddress address, RequestDelegate handle)
    {
        // A page of another site can have its name resolved to this machine, and would then be taken for one of ours.
        if (IPAddress.IsLoopback(address) && !IsLoopback(context.Request.Host.Host))
        {
            return Problem.Write(
                context, StatusCodes.Status421MisdirectedRequest,
                $"This server answers to localhost and {address}, and was called '{context.Request.Host.Host}'. Use one of "
                    + "these, or start it with another --host.");
        }
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return handle(context);
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address)
            && IPAddress.IsLoopback(address));

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
