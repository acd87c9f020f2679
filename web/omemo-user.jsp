<%@ page extends="org.igniterealtime.openfire.plugin.omemo.admin.UserPage" %>
<%@ include file="WEB-INF/parts/page.jspf" %>
<html>
<head>
<title><fmt:message key="console.user.title"/></title>
<meta name="pageID" content="omemo-user">
<link rel="stylesheet" type="text/css" href="style/omemo.css">
</head>
<body>
<div class="omemo">
<%@ include file="WEB-INF/parts/notice.jspf" %>
<form method="get" action="omemo-user.jsp" class="fields">
<div class="field">
  <label for="account"><fmt:message key="console.user.account"/></label>
  <input id="account" name="account" maxlength="1023" value="<c:out value="${model.account()}"/>">
  <c:set var="problem" value="${model.problem()}"/><c:set var="field" value="account"/><%@ include file="WEB-INF/parts/problem.jspf" %>
</div>
<button><fmt:message key="console.user.show"/></button>
</form>
<c:if test="${!model.readable()}"><p class="problem"><fmt:message key="console.unreadable"/></p></c:if>

<c:if test="${model.keys() != null}">
<c:set var="keys" value="${model.keys()}"/>
<h2 class="wide"><bdi><c:out value="${model.account()}"/></bdi></h2>

<c:if test="${!keys.alarms().isEmpty()}">
<div class="alarm" id="alarms">
<h3><fmt:message key="console.user.alarm"/></h3>
<p><fmt:message key="console.devices.alarms.effect"/></p>
<form method="post" action="omemo-user.jsp">
<%@ include file="WEB-INF/parts/token.jspf" %>
<input type="hidden" name="account" value="<c:out value="${model.account()}"/>">
<ul class="choices">
<c:forEach items="${keys.alarms()}" var="row" varStatus="place">
<fmt:message key="console.devices.alarm" var="text"><fmt:param value="${row.changed()}"/><fmt:param value="${row.device()}"/><fmt:param value="${row.family()}"/></fmt:message>
<li class="wide"><label class="choice" for="alarm-<c:out value="${place.index}"/>"><input type="checkbox" name="alarm" id="alarm-<c:out value="${place.index}"/>" value="<c:out value="${row.alarm()}"/>" checked> <c:out value="${text}"/></label><br><small><fmt:message key="console.user.before"/>: <code><c:out value="${row.before()}"/></code><br><fmt:message key="console.user.after"/>: <code><c:out value="${row.fingerprint()}"/></code></small></li>
</c:forEach>
</ul>
<p><small><fmt:message key="console.user.acknowledge.effect"/></small></p>
<button name="action" value="acknowledge" class="main"><fmt:message key="console.user.acknowledge"/></button>
</form>
</div>
</c:if>

<c:if test="${keys.offer().kind() != 'none'}">
<form method="post" action="omemo-user.jsp" class="fields" id="offer">
<%@ include file="WEB-INF/parts/token.jspf" %>
<input type="hidden" name="account" value="<c:out value="${model.account()}"/>">
<input type="hidden" name="family" value="<c:out value="${keys.offer().family()}"/>">
<input type="hidden" name="device" value="<c:out value="${keys.offer().device()}"/>">
<c:if test="${keys.offer().openClosed()}"><input type="hidden" name="open-closed" value="on"></c:if>
<c:if test="${keys.offer().removeDead()}"><input type="hidden" name="remove-dead" value="on"></c:if>
<fieldset>
<fmt:message key="console.user.offer.${keys.offer().kind()}" var="text"><fmt:param value="${keys.offer().device()}"/><fmt:param value="${keys.offer().family()}"/></fmt:message>
<legend><c:out value="${text}"/></legend>
<c:choose>
<c:when test="${keys.offer().steps().isEmpty()}"><p class="empty"><fmt:message key="console.user.offer.nothing"/></p></c:when>
<c:otherwise>
<p><fmt:message key="console.user.offer.${keys.offer().kind()}.effect"/></p>
<ul><c:forEach items="${keys.offer().steps()}" var="step"><li class="wide"><code><c:out value="${step}"/></code></li></c:forEach></ul>
<button name="action" value="<c:out value="${keys.offer().kind()}"/>" class="main"><fmt:message key="console.user.offer.${keys.offer().kind()}.do"/></button>
</c:otherwise>
</c:choose>
<c:url value="omemo-user.jsp" var="back"><c:param name="account" value="${model.account()}"/></c:url>
<a href="<c:out value="${back}"/>"><fmt:message key="console.cancel"/></a>
</fieldset>
</form>
</c:if>

<h3><fmt:message key="console.devices"/></h3>
<c:choose>
<c:when test="${keys.devices().total() == 0}"><p class="empty"><fmt:message key="console.user.devices.none"/></p></c:when>
<c:otherwise>
<table class="list">
<thead><tr><%@ include file="WEB-INF/parts/devicehead.jspf" %></tr></thead>
<tbody>
<c:forEach items="${keys.devices().rows()}" var="row">
<c:url value="omemo-user.jsp" var="remove"><c:param name="account" value="${model.account()}"/><c:param name="look" value="remove"/><c:param name="family" value="${row.family()}"/><c:param name="device" value="${row.id()}"/></c:url>
<tr>
  <%@ include file="WEB-INF/parts/device.jspf" %>
  <td class="actions"><c:if test="${row.listed() || row.bundle() != 'unknown'}"><a class="button" href="<c:out value="${remove}"/>#offer"><fmt:message key="console.user.remove"/></a></c:if></td>
</tr>
</c:forEach>
</tbody>
</table>
<c:if test="${keys.devices().pages() > 1}">
<nav class="pager">
<c:forEach begin="1" end="${keys.devices().pages()}" var="number">
<c:url value="omemo-user.jsp" var="on"><c:param name="account" value="${model.account()}"/><c:param name="page" value="${number}"/></c:url>
<a href="<c:out value="${on}"/>"><c:out value="${number}"/></a>
</c:forEach>
</nav>
</c:if>
</c:otherwise>
</c:choose>

<h3><fmt:message key="console.user.findings"/></h3>
<c:choose>
<c:when test="${keys.findings() == null}"><p class="problem"><fmt:message key="console.unreadable"/></p></c:when>
<c:when test="${keys.findings().isEmpty()}"><p class="empty"><fmt:message key="console.user.findings.none"/></p></c:when>
<c:otherwise>
<table class="list">
<thead><tr>
  <th scope="col"><fmt:message key="console.user.finding"/></th>
  <th scope="col"><fmt:message key="console.user.node"/></th>
  <th scope="col"><fmt:message key="console.devices.device"/></th>
</tr></thead>
<tbody>
<c:forEach items="${keys.findings()}" var="row">
<tr><td class="wide"><fmt:message key="housekeeping.finding.${row.code()}"/><c:if test="${row.detail() != ''}"><br><small><c:out value="${row.detail()}"/></small></c:if></td>
  <td class="wide"><code><c:out value="${row.node()}"/></code></td><td><c:out value="${row.device()}"/></td></tr>
</c:forEach>
</tbody>
</table>
</c:otherwise>
</c:choose>
<form method="get" action="omemo-user.jsp#offer" class="fields">
<input type="hidden" name="account" value="<c:out value="${model.account()}"/>">
<input type="hidden" name="look" value="repair">
<p><label class="choice"><input type="checkbox" name="open-closed"<c:if test="${keys.offer().openClosed()}"> checked</c:if>> <fmt:message key="housekeeping.open-closed"/></label><br>
<label class="choice"><input type="checkbox" name="remove-dead"<c:if test="${keys.offer().removeDead()}"> checked</c:if>> <fmt:message key="housekeeping.remove-dead"/></label></p>
<button><fmt:message key="console.user.look"/></button>
</form>

<h3><fmt:message key="console.user.nodes"/></h3>
<c:choose>
<c:when test="${keys.nodes() == null}"><p class="problem"><fmt:message key="console.unreadable"/></p></c:when>
<c:when test="${keys.nodes().isEmpty()}"><p class="empty"><fmt:message key="console.user.nodes.none"/></p></c:when>
<c:otherwise>
<table class="list">
<thead><tr>
  <th scope="col"><fmt:message key="console.user.node"/></th>
  <th scope="col"><fmt:message key="console.user.access"/></th>
  <th scope="col"><fmt:message key="console.user.persistent"/></th>
  <th scope="col"><fmt:message key="console.user.items"/></th>
</tr></thead>
<tbody>
<c:forEach items="${keys.nodes()}" var="row">
<tr><td class="wide"><code><c:out value="${row.name()}"/></code></td>
  <td data-label="<fmt:message key="console.user.access"/>"><c:out value="${row.access()}"/><c:if test="${!row.open()}"><br><small><fmt:message key="console.user.closed"/></small></c:if></td>
  <td data-label="<fmt:message key="console.user.persistent"/>"><fmt:message key="console.${row.persistent() ? 'yes' : 'no'}"/></td>
  <td class="number" data-label="<fmt:message key="console.user.items"/>"><c:out value="${row.items()}"/> / <c:out value="${row.maxItems()}"/></td></tr>
</c:forEach>
</tbody>
</table>
</c:otherwise>
</c:choose>

<h3 id="log"><fmt:message key="console.user.log"/></h3>
<p><fmt:message key="console.user.log.effect"/></p>
<c:choose>
<c:when test="${keys.log().isEmpty()}"><p class="empty"><fmt:message key="console.user.log.none"/></p></c:when>
<c:otherwise>
<table class="list">
<thead><tr>
  <th scope="col"><fmt:message key="console.devices.device"/></th>
  <th scope="col"><fmt:message key="console.devices.family"/></th>
  <th scope="col"><fmt:message key="console.bots.fingerprint"/></th>
  <th scope="col"><fmt:message key="console.bots.first"/></th>
  <th scope="col"><fmt:message key="console.bots.last"/></th>
</tr></thead>
<tbody>
<c:forEach items="${keys.log()}" var="row">
<tr><td data-label="<fmt:message key="console.devices.device"/>"><c:out value="${row.device()}"/></td>
  <td data-label="<fmt:message key="console.devices.family"/>"><c:out value="${row.family()}"/></td>
  <td><c:choose><c:when test="${row.fingerprint() == ''}"><fmt:message key="console.user.log.more"/></c:when>
    <c:otherwise><code class="fingerprint"><c:out value="${row.fingerprint()}"/></code></c:otherwise></c:choose>
    <c:if test="${row.changed() != ''}"><br><span class="problem"><fmt:message key="console.user.changed" var="text"><fmt:param value="${row.changed()}"/></fmt:message><c:out value="${text}"/></span></c:if>
    <c:if test="${row.acknowledged() != ''}"><br><fmt:message key="console.user.acknowledged.by" var="text"><fmt:param value="${row.admin()}"/><fmt:param value="${row.acknowledged()}"/></fmt:message><bdi><c:out value="${text}"/></bdi></c:if>
    <c:if test="${row.alarm() != ''}"><br><a href="#alarms"><fmt:message key="console.user.open"/></a></c:if></td>
  <td data-label="<fmt:message key="console.bots.first"/>"><c:out value="${row.first()}"/></td>
  <td data-label="<fmt:message key="console.bots.last"/>"><c:out value="${row.last()}"/></td></tr>
</c:forEach>
</tbody>
</table>
</c:otherwise>
</c:choose>
</c:if>
</div>
</body>
</html>
