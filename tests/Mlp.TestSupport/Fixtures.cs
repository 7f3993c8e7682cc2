using System.Text.Json;

namespace Mlp.TestSupport;

/// <summary>The reference numbers under Fixtures/, read once.</summary>
public static class Fixtures
{
    private static readonly Lazy<GradientFixture> LazyGradients = new(() => Load<GradientFixture>("gradients.json"));
    private static readonly Lazy<OptimizerFixture> LazyOptimizers = new(() => Load<OptimizerFixture>("optimizers.json"));

    /// <summary>101 small networks: loss, outputs and every gradient, by torch autograd in double.</summary>
    public static GradientFixture Gradients => LazyGradients.Value;

    /// <summary>Twenty full-batch steps with each of 25 optimizer settings, by torch.optim in double.</summary>
    public static OptimizerFixture Optimizers => LazyOptimizers.Value;

    private static T Load<T>(string name)
    {
        using FileStream stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Fixtures", name));
        return JsonSerializer.Deserialize<T>(stream, JsonSerializerOptions.Web)
            ?? throw new InvalidDataException($"{name} is empty.");
    }
}
