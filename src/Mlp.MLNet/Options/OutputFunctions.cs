namespace Mlp.MLNet.Options;

/// <summary>What the outputs of a network go through, decided by the task, the loss and OutputActivation.</summary>
/// <param name="Trained">The activation of the last layer in training.</param>
/// <param name="Stored">That of the model: <see cref="Activation.Identity"/> where the link has taken it over.</param>
/// <param name="Link">What turns the model's outputs into predictions.</param>
internal readonly record struct OutputFunctions(Activation Trained, Activation Stored, OutputLink Link)
{
    /// <summary>For classes: either the loss works on logits, or the outputs are probabilities by a sigmoid.</summary>
    /// <param name="options">Loss and output activation.</param>
    /// <param name="outputs">The outputs in words, for messages: "one output per class".</param>
    /// <param name="allowsSoftmax">Whether the classes exclude each other and there is one output per class.</param>
    /// <param name="advice">A loss that fits.</param>
    public static OutputFunctions ForClasses(ResolvedOptions options, string outputs, bool allowsSoftmax, string advice)
    {
        if (options.Loss.Link == OutputLink.Softmax && !allowsSoftmax)
        {
            throw Wrong(
                options.Loss,
                $"it is for classes that exclude each other with one output per class, and this trainer has {outputs}. Use {advice}");
        }
        if (options.Loss.Link == OutputLink.Exponential)
            throw Wrong(options.Loss, $"it is for counts, and this trainer's targets are classes. Use {advice}");
        if (options.Loss.Link != OutputLink.Identity)
            return OnLogits(options);
        if (options.OutputActivation is not (null or Activation.Sigmoid))
            throw WrongActivation(options, "Sigmoid or null: with this loss the outputs must be probabilities");
        // Trained through a sigmoid; the model leaves it to the link, so that scores are logits as always.
        return new OutputFunctions(Activation.Sigmoid, Activation.Identity, OutputLink.Sigmoid);
    }

    /// <summary>For numbers: any activation whose range has the targets in it, unless the loss has a link of its own.</summary>
    public static OutputFunctions ForNumbers(ResolvedOptions options)
    {
        if (options.Loss.Link == OutputLink.Softmax)
        {
            throw Wrong(
                options.Loss,
                "it is for classes, and this trainer's targets are numbers. Use SquaredError, Huber, AbsoluteError, Quantile or Poisson, "
                    + "or the multiclass trainer");
        }
        if (options.Loss.Link != OutputLink.Identity)
            return OnLogits(options);
        Activation activation = options.OutputActivation ?? Activation.Identity;
        return Enum.IsDefined(activation) ? new OutputFunctions(activation, activation, OutputLink.Identity)
            : throw WrongActivation(options, $"null or one of {string.Join(", ", Enum.GetNames<Activation>())}");
    }

    private static OutputFunctions OnLogits(ResolvedOptions options)
    {
        if (options.OutputActivation is not (null or Activation.Identity))
        {
            throw WrongActivation(
                options, $"Identity or null: the loss {options.Loss} works on the bare outputs and applies {options.Loss.Link} itself");
        }
        return new OutputFunctions(Activation.Identity, Activation.Identity, options.Loss.Link);
    }

    private static ArgumentException Wrong(Loss loss, string reason) => new($"Loss is {loss}; {reason}.", nameof(ResolvedOptions.Loss));

    private static ArgumentException WrongActivation(ResolvedOptions options, string expected) =>
        new($"OutputActivation is {options.OutputActivation}; it must be {expected}.", nameof(ResolvedOptions.OutputActivation));
}
