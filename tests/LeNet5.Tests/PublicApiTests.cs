using System.Reflection;
using System.Text;

namespace LeNet5.Tests;

/// <summary>The public API is kept as a file, so that a change of it is seen in review.</summary>
public class PublicApiTests
{
    [TestCase(typeof(Network), "LeNet5")]
    [TestCase(typeof(Mnist), "LeNet5.Mnist")]
    [TestCase(typeof(CommitteeReader), "LeNet5.Committee")]
    public void PublicApi_OfAssembly_IsTheCommittedListing(Type any, string name)
    {
        string file = Path.Combine(Repository.Root, "tests", "LeNet5.Tests", "PublicApi", $"{name}.txt");
        string listing = List(any.Assembly);
        if (Environment.GetEnvironmentVariable("LENET5_ACCEPT") == "1")
            File.WriteAllText(file, listing);
        Assert.That(
            listing, Is.EqualTo(File.ReadAllText(file).ReplaceLineEndings("\n")),
            "The public API has changed. Where that is meant, run this test with LENET5_ACCEPT=1 in the environment and commit the listing.");
    }

    private static string List(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(type.Namespace).Append('.').Append(Name(type));
            if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum))
                text.Append(" : ").Append(Name(parent));
            text.Append('\n');
            IEnumerable<string> members = type
                .GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Select(member => Describe(member, type)).OfType<string>().Order(StringComparer.Ordinal);
            foreach (string member in members)
                text.Append("    ").Append(member).Append('\n');
        }
        return text.ToString();
    }

    private static string Kind(Type type) =>
        type.IsEnum ? "enum"
        : type.IsValueType ? (type.IsByRefLike ? "ref struct" : "struct")
        : type.IsInterface ? "interface"
        : type.IsAbstract && type.IsSealed ? "static class"
        : type.IsAbstract ? "abstract class"
        : type.IsSealed ? "sealed class" : "class";

    private static string? Describe(MemberInfo member, Type type) => member switch
    {
        _ when member.Name.Contains('<', StringComparison.Ordinal) => null,
        FieldInfo field when field.IsPublic && type.IsEnum => field.IsLiteral ? $"{field.Name} = {field.GetRawConstantValue()}" : null,
        FieldInfo field when IsVisible(field.Attributes) => $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}",
        PropertyInfo property => DescribeProperty(property),
        ConstructorInfo constructor when IsVisible(constructor.Attributes) => $"{Modifiers(constructor)}new({Parameters(constructor)})",
        MethodInfo method when IsVisible(method.Attributes) && !method.IsSpecialName => $"{Modifiers(method)}{Name(method.ReturnType)} {method.Name}{Generics(method)}({Parameters(method)})",
        MethodInfo method when IsVisible(method.Attributes) && method.Name.StartsWith("op_", StringComparison.Ordinal) => $"static {Name(method.ReturnType)} {method.Name}({Parameters(method)})",
        _ => null,
    };

    private static string? DescribeProperty(PropertyInfo property)
    {
        MethodInfo[] accessors = [.. property.GetAccessors(nonPublic: true).Where(accessor => IsVisible(accessor.Attributes))];
        if (accessors.Length == 0)
            return null;
        IEnumerable<string> verbs = accessors.Select(accessor =>
            accessor == property.GetMethod ? "get;"
            : accessor.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? "init;" : "set;");
        string index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{string.Join(", ", parameters.Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"))}]" : "";
        return $"{Modifiers(accessors[0])}{Name(property.PropertyType)} {property.Name}{index} {{ {string.Join(' ', verbs)} }}";
    }

    private static bool IsVisible(MethodAttributes attributes) => (attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static bool IsVisible(FieldAttributes attributes) => (attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;

    private static string Modifiers(MethodBase method) =>
        (method.IsFamily ? "protected " : "")
        + (method.IsStatic ? "static " : method.IsAbstract ? "abstract " : method is MethodInfo { IsVirtual: true, IsFinal: false } info ? (info.GetBaseDefinition() == info ? "virtual " : "override ") : "");

    private static string Generics(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? "ref " : "")}{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.RawDefaultValue ?? "null"}" : "")}"));

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[]";
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return $"{Name(underlying)}?";
        return type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Name;
    }
}
