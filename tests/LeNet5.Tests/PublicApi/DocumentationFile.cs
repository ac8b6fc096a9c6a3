using System.Reflection;
using System.Xml.Linq;

namespace LeNet5.Tests.PublicApi;

/// <summary>The documentation comments of an assembly, as the XML file beside it holds them.</summary>
/// <param name="content">The content of the file.</param>
internal sealed class DocumentationFile(XDocument content)
{
    private readonly Dictionary<string, XElement> members = content.Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

    public static DocumentationFile Of(Assembly assembly) => new(Load(assembly));

    public static XDocument Load(Assembly assembly) => XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"));

    /// <summary>What stands above a member; <see langword="null"/> where there is nothing.</summary>
    public XElement? CommentOn(MemberInfo member) => members.GetValueOrDefault(NameOf(member));

    /// <summary>The name that the file gives to a member, e.g. <c>M:LeNet5.Network.Forward(LeNet5.Workspace)</c>.</summary>
    private static string NameOf(MemberInfo member) => member switch
    {
        Type type => $"T:{NameOf(type)}",
        MethodBase method => $"M:{NameOf(method.DeclaringType!)}.{method.Name.Replace('.', '#')}{(method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "")}{NameOf(method.GetParameters())}",
        PropertyInfo property => $"P:{NameOf(property.DeclaringType!)}.{property.Name}{NameOf(property.GetIndexParameters())}",
        _ => $"F:{NameOf(member.DeclaringType!)}.{member.Name}",
    };

    private static string NameOf(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(parameter => NameOf(parameter.ParameterType)))})";

    private static string NameOf(Type type)
    {
        if (type.IsByRef)
            return $"{NameOf(type.GetElementType()!)}@";
        if (type.IsArray)
            return $"{NameOf(type.GetElementType()!)}[]";
        if (type.IsGenericParameter)
            return $"{(type.DeclaringMethod is null ? "`" : "``")}{type.GenericParameterPosition}";
        if (!type.IsConstructedGenericType)
            return type.FullName!.Replace('+', '.');
        string definition = type.GetGenericTypeDefinition().FullName!;
        return $"{definition[..definition.IndexOf('`', StringComparison.Ordinal)]}{{{string.Join(',', type.GetGenericArguments().Select(NameOf))}}}";
    }
}
