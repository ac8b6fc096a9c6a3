#:project ../src/LeNet5/LeNet5.csproj
#:project ../src/LeNet5.Committee/LeNet5.Committee.csproj
#:project ../src/LeNet5.Mnist/LeNet5.Mnist.csproj
#:property PublishAot=false

// How good a committee is does not depend on one lucky draw of its members: reads the test set with every committee of a size that given networks can form.
//   dotnet run -c Release samples/committees.cs 5 best-*.safetensors
using System.Globalization;
using LeNet5;

int size = int.Parse(args[0], CultureInfo.InvariantCulture);
Network[] networks = [.. args[1..].Select(Network.Load)];
List<int> errors = [];
for (int chosen = 0; chosen < 1 << networks.Length; chosen++)
{
    if (int.PopCount(chosen) == size)
        errors.Add(new CommitteeReader(networks.Where((_, i) => (chosen >> i & 1) != 0)).Evaluate(Mnist.Test).Errors.Length);
}
Console.WriteLine($"{networks.Length} networks: {string.Join(", ", networks.Select(network => Evaluator.Run(network, Mnist.Test).Errors.Length))} errors");
Console.WriteLine($"{errors.Count} committees of {size}: {errors.Average():0.0} errors in the mean, {errors.Min()} to {errors.Max()}");
