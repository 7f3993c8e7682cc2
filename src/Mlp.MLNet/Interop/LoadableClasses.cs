using Microsoft.ML;
using Mlp.MLNet;

// ml.Model.Load looks in the assembly that a file names for the class that says it loads such entries.
[assembly: LoadableClass(
    typeof(ITransformer), typeof(MlpBinaryTransformer), null, typeof(SignatureLoadModel),
    "Multilayer perceptron for two classes", MlpBinaryTransformer.LoaderSignature)]
[assembly: LoadableClass(
    typeof(ITransformer), typeof(MlpMulticlassTransformer), null, typeof(SignatureLoadModel),
    "Multilayer perceptron for several classes", MlpMulticlassTransformer.LoaderSignature)]
[assembly: LoadableClass(
    typeof(ITransformer), typeof(MlpRegressionTransformer), null, typeof(SignatureLoadModel),
    "Multilayer perceptron for regression", MlpRegressionTransformer.LoaderSignature)]
[assembly: LoadableClass(
    typeof(ITransformer), typeof(MlpMultiLabelTransformer), null, typeof(SignatureLoadModel),
    "Multilayer perceptron for several labels", MlpMultiLabelTransformer.LoaderSignature)]
[assembly: LoadableClass(
    typeof(MlpModelParameters), typeof(MlpModelParameters), null, typeof(SignatureLoadModel),
    "Multilayer perceptron without a transformer", MlpModelParameters.LoaderSignature)]
