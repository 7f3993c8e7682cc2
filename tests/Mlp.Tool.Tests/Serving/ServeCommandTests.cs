using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Mlp.Tool.Output;

namespace Mlp.Tool.Tests.Serving;

/// <summary><c>mlp serve</c> as a process of its own.</summary>
public sealed class ServeCommandTests(ServedModels models)
{
    [Fact]
    public async Task Serve_AnswersUntilItIsTold_AndWithTheLastAnswerItEndsWith0()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Mlp.Tool.dll"), "serve", models.Flights, "--port", "0"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        try
        {
            string? line;
            do
                line = await process.StandardOutput.ReadLineAsync(token);
            while (line is not null && !line.StartsWith("Listening on ", StringComparison.Ordinal));
            if (line is null)
                Assert.Fail(await process.StandardError.ReadToEndAsync(token));
            using var client = new HttpClient { BaseAddress = new Uri(line.Split(' ')[2]) };
            string row = ServedModels.Flight().ToJsonString();
            // A request of some rows is under way when the signal comes: its answer is whole all the same.
            string rows = $"[{string.Join(",", Enumerable.Repeat(row, 5000))}]";
            using var content = new StringContent(rows, Encoding.UTF8, "application/json");
            Task<HttpResponseMessage> answer = client.PostAsync("/predict", content, token);
            string metrics;
            do
                metrics = await client.GetStringAsync("/metrics", token);
            while (!metrics.Contains("mlp_requests_in_progress 2\n", StringComparison.Ordinal) && !answer.IsCompleted);
            using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
                await kill.WaitForExitAsync(token);
            HttpResponseMessage response = await answer;
            Assert.Equal(5000, JsonDocument.Parse(await response.Content.ReadAsStringAsync(token)).RootElement.GetArrayLength());
            await process.WaitForExitAsync(token);
            Assert.Equal(0, process.ExitCode);
            string output = await process.StandardOutput.ReadToEndAsync(token);
            Assert.Contains("Stopping.", output);
            Assert.Contains("5,000 predicted rows", output);
            Assert.DoesNotContain("interrupted", await process.StandardError.ReadToEndAsync(token));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    [Theory]
    [InlineData(ExitCode.BadInput, "There is no model 'none.zip'", "none.zip")]
    [InlineData(ExitCode.Usage, "it must be a file, which can be read again", "-")]
    [InlineData(ExitCode.Usage, "--port 70000: it must be a number from 0 to 65535", "none.zip", "--port", "70000")]
    [InlineData(ExitCode.Usage, "--host example: it must be an address of this machine", "none.zip", "--host", "example")]
    [InlineData(ExitCode.Usage, "--max-rows 0", "none.zip", "--max-rows", "0")]
    [InlineData(ExitCode.Usage, "--max-body 0", "none.zip", "--max-body", "0")]
    [InlineData(ExitCode.Usage, "--timeout NaN", "none.zip", "--timeout", "NaN")]
    public void Serve_WhatMakesNoSense_IsRefused(object exitCode, string message, params string[] args) =>
        Assert.Contains(message, ToolRun.Fails((ExitCode)exitCode, ["serve", .. args]));

    [Fact]
    public async Task Serve_APortThatIsTaken_IsSaid()
    {
        await using var server = await RunningServer.Start(new Mlp.Tool.Serving.ServeSettings { ModelPath = models.Flights });
        string port = $"{server.Client.BaseAddress!.Port}";
        Assert.Contains($"Cannot listen on 127.0.0.1 port {port}", ToolRun.Fails(ExitCode.Failed, "serve", models.Flights, "--port", port));
    }
}
