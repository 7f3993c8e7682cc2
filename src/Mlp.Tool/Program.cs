Console.Error.WriteLine("mlp has no commands yet.");
return 2;
