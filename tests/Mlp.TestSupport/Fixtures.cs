using System.Text.Json;

namespace Mlp.TestSupport;

/// <summary>The reference numbers under Fixtures/, read once.</summary>
public static class Fixtures
{
    private static readonly Lazy<GradientFixture> LazyGradients = new(() => Load<GradientFixture>("gradients.json"));
    private static readonly Lazy<OptimizerFixture> LazyOptimizers = new(() => Load<OptimizerFixture>("optimizers.json"));
    private static readonly Lazy<Seed000Fixture> LazySeed000 = new(() => Load<Seed000Fixture>("seed-000.json"));
    private static readonly Lazy<Seed001Fixture> LazySeed001 = new(() => Load<Seed001Fixture>("seed-001.json"));
    private static readonly Lazy<Seed002Fixture> LazySeed002 = new(() => Load<Seed002Fixture>("seed-002.json"));
    private static readonly Lazy<Seed003Fixture> LazySeed003 = new(() => Load<Seed003Fixture>("seed-003.json"));
    private static readonly Lazy<Seed004Fixture> LazySeed004 = new(() => Load<Seed004Fixture>("seed-004.json"));
    private static readonly Lazy<SklearnFixture> LazySklearn = new(() => Load<SklearnFixture>("sklearn-mlp.json"));

    /// <summary>101 small networks: loss, outputs and every gradient, by torch autograd in double.</summary>
    public static GradientFixture Gradients => LazyGradients.Value;

    /// <summary>Twenty full-batch steps with each of 25 optimizer settings, by torch.optim in double.</summary>
    public static OptimizerFixture Optimizers => LazyOptimizers.Value;

    /// <summary>y = 5x with 1-5-4-2-1, by NumPy in double, as the following four.</summary>
    public static Seed000Fixture Seed000 => LazySeed000.Value;

    /// <summary>Four rows with 2-2-1, a step after each row.</summary>
    public static Seed001Fixture Seed001 => LazySeed001.Value;

    /// <summary>Two moons with six sizes of 2-h-2.</summary>
    public static Seed002Fixture Seed002 => LazySeed002.Value;

    /// <summary>MNIST digits: a gradient check, and the beginnings of a training.</summary>
    public static Seed003Fixture Seed003 => LazySeed003.Value;

    /// <summary>Ten rows with 2-4-1 and 2-1, summed gradients.</summary>
    public static Seed004Fixture Seed004 => LazySeed004.Value;

    /// <summary>Twelve fits of scikit-learn.</summary>
    public static SklearnFixture Sklearn => LazySklearn.Value;

    private static T Load<T>(string name)
    {
        using FileStream stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Fixtures", name));
        return JsonSerializer.Deserialize<T>(stream, JsonSerializerOptions.Web)
            ?? throw new InvalidDataException($"{name} is empty.");
    }
}
