<%@ page extends="org.igniterealtime.openfire.plugin.omemo.admin.DevicesPage" %>
<%@ include file="WEB-INF/parts/page.jspf" %>
<html>
<head>
<title><fmt:message key="console.devices.title"/></title>
<meta name="pageID" content="omemo-devices">
<link rel="stylesheet" type="text/css" href="style/omemo.css">
</head>
<body>
<div class="omemo">
<%@ include file="WEB-INF/parts/notice.jspf" %>

<c:if test="${!model.alarms().isEmpty()}">
<div class="alarm" id="alarms">
<h2><fmt:message key="console.devices.alarms"/></h2>
<p><fmt:message key="console.devices.alarms.effect"/></p>
<ul>
<c:forEach items="${model.alarms()}" var="row">
<c:url value="omemo-user.jsp" var="user"><c:param name="account" value="${row.account()}"/></c:url>
<fmt:message key="console.devices.alarm" var="text"><fmt:param value="${row.changed()}"/><fmt:param value="${row.device()}"/><fmt:param value="${row.family()}"/></fmt:message>
<li class="wide"><a href="<c:out value="${user}"/>#log"><bdi><c:out value="${row.account()}"/></bdi></a>: <c:out value="${text}"/></li>
</c:forEach>
</ul>
</div>
</c:if>

<h2><fmt:message key="console.devices"/></h2>
<p><fmt:message key="console.devices.effect"/></p>
<form method="get" action="omemo-devices.jsp" class="fields">
<fieldset>
<legend><fmt:message key="console.devices.search"/></legend>
<div class="field">
  <label for="account"><fmt:message key="console.devices.account"/></label>
  <input id="account" name="account" maxlength="255" value="<c:out value="${model.search().account()}"/>" aria-describedby="about-account">
  <c:set var="problem" value="${model.search().problems().get('account')}"/><c:set var="field" value="account"/><%@ include file="WEB-INF/parts/problem.jspf" %>
  <small id="about-account"><fmt:message key="console.devices.account.effect"/></small>
</div>
<div class="field">
  <label for="device"><fmt:message key="console.devices.id"/></label>
  <input id="device" name="device" class="short" maxlength="10" inputmode="numeric" value="<c:out value="${model.search().device()}"/>">
  <c:set var="problem" value="${model.search().problems().get('device')}"/><c:set var="field" value="device"/><%@ include file="WEB-INF/parts/problem.jspf" %>
</div>
<div class="field">
  <label for="label"><fmt:message key="console.devices.label"/></label>
  <input id="label" name="label" maxlength="255" value="<c:out value="${model.search().label()}"/>">
  <c:set var="problem" value="${model.search().problems().get('label')}"/><c:set var="field" value="label"/><%@ include file="WEB-INF/parts/problem.jspf" %>
</div>
<div class="field">
  <label for="family"><fmt:message key="console.devices.family"/></label>
  <select id="family" name="family"><option value=""><fmt:message key="console.devices.any"/></option>
    <c:forEach items="${model.search().families()}" var="family"><option value="<c:out value="${family}"/>"<c:if test="${family == model.search().family()}"> selected</c:if>><c:out value="${family}"/></option></c:forEach></select>
</div>
<div class="field">
  <label for="state"><fmt:message key="console.devices.state"/></label>
  <select id="state" name="state"><option value=""><fmt:message key="console.devices.any"/></option>
    <c:forEach items="${model.search().states()}" var="state"><option value="<c:out value="${state}"/>"<c:if test="${state == model.search().state()}"> selected</c:if>><fmt:message key="console.devices.state.${state}"/></option></c:forEach></select>
</div>
<button class="main"><fmt:message key="console.devices.find"/></button>
</fieldset>
</form>

<c:choose>
<c:when test="${!model.readable()}"><p class="problem"><fmt:message key="console.unreadable"/></p></c:when>
<c:when test="${model.rows().isEmpty()}"><p class="empty"><fmt:message key="console.devices.none"/></p></c:when>
<c:otherwise>
<table class="list">
<thead><tr>
  <th scope="col"><fmt:message key="console.bots.account"/></th>
  <%@ include file="WEB-INF/parts/devicehead.jspf" %>
</tr></thead>
<tbody>
<c:forEach items="${model.rows()}" var="row">
<c:url value="omemo-user.jsp" var="user"><c:param name="account" value="${row.account()}"/></c:url>
<c:url value="omemo-user.jsp" var="remove"><c:param name="account" value="${row.account()}"/><c:param name="look" value="remove"/><c:param name="family" value="${row.family()}"/><c:param name="device" value="${row.id()}"/></c:url>
<tr>
  <td class="wide"><a href="<c:out value="${user}"/>"><bdi><c:out value="${row.account()}"/></bdi></a></td>
  <%@ include file="WEB-INF/parts/device.jspf" %>
  <td class="actions"><c:if test="${row.state() != 'removed'}"><a class="button" href="<c:out value="${remove}"/>#offer"><fmt:message key="console.user.remove"/></a></c:if></td>
</tr>
</c:forEach>
</tbody>
</table>
<nav class="pager">
<c:if test="${!model.first()}"><a href="omemo-devices.jsp"><fmt:message key="console.devices.begin"/></a></c:if>
<c:if test="${model.next() != ''}">
<c:url value="omemo-devices.jsp" var="on"><c:param name="account" value="${model.search().account()}"/><c:param name="device" value="${model.search().device()}"/><c:param name="label" value="${model.search().label()}"/><c:param name="family" value="${model.search().family()}"/><c:param name="state" value="${model.search().state()}"/><c:param name="after" value="${model.next()}"/></c:url>
<a href="<c:out value="${on}"/>"><fmt:message key="console.pager.on"/></a>
</c:if>
</nav>
</c:otherwise>
</c:choose>
</div>
</body>
</html>
